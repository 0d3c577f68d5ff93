import { unauthorized } from "@/domain/errors";
import { ask } from "./ask";
import type { Auth } from "./auth";
import { endPortalSession } from "./portal-session";
import type { Reply } from "./reply";

/** Ends the session of this browser, of either kind. */
export async function signOut(auth: Auth, headers: Headers): Promise<Reply> {
  return { body: {}, cookies: await endSessions(auth, headers) };
}

/** Ends every session of the person, on every device. A portal session is one of its own. */
export async function signOutEverywhere(auth: Auth, headers: Headers): Promise<Reply> {
  const ended = await ask(auth, (await auth.accounts()).api.revokeSessions({ headers, returnHeaders: true }));
  const cookies = "refusal" in ended ? [] : ended.cookies;
  cookies.push(...(await endPortalSession(auth, headers)));
  if (cookies.length === 0) throw unauthorized();
  return { body: {}, cookies };
}

/** Ends the sessions that a request carries; answers the cookies that say so. */
export async function endSessions(auth: Auth, headers: Headers): Promise<string[]> {
  const { headers: answer } = await (await auth.accounts()).api.signOut({ headers, returnHeaders: true });
  return [...answer.getSetCookie(), ...(await endPortalSession(auth, headers))];
}
