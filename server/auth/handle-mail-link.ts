import { siteOf } from "@/domain/network/site";
import { isOtherSite } from "@/server/http/sender";
import { runtime } from "@/server/process/runtime";
import { confirmAddress, unsubscribe } from "./notices";

/** Answers the button that proves an address: on to the settings, or back to the page that says why not. */
export async function handleConfirmAddress({ headers }: Request, token: string): Promise<Response> {
  const { auth } = runtime();
  const isOurs = !isOtherSite(headers, siteOf(auth.env, headers));
  const isDone = isOurs && (await confirmAddress(auth, token));
  return leadTo(isDone ? "/dashboard/settings" : `/confirm-address/${encodeURIComponent(token)}`);
}

/** Answers the button that ends mails: back to the page, which tells that it did. */
export async function handleUnsubscribe({ headers }: Request, token: string): Promise<Response> {
  await unsubscribe(runtime().auth, token, headers);
  return leadTo(`/unsubscribe/${encodeURIComponent(token)}`);
}

/** The same from a mail program, which follows no redirect (RFC 8058). The token is all that says who asks. */
export async function handleOneClick({ headers }: Request, token: string): Promise<Response> {
  const isDone = await unsubscribe(runtime().auth, token, headers);
  return new Response(isDone ? "You get no more mails.\n" : "There is no such link.\n", {
    status: isDone ? 200 : 404,
    headers: { "content-type": "text/plain; charset=utf-8" },
  });
}

/** A person who opens the mail program's link is asked first: programs look at links by themselves. */
export const showUnsubscribe = (token: string) => leadTo(`/unsubscribe/${encodeURIComponent(token)}`);

const leadTo = (path: string) =>
  new Response(null, { status: 303, headers: { location: `${runtime().auth.env.basePath}${path}` } });
