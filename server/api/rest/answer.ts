import { ApiError, faultSentence } from "@/domain/errors";
import type { Context } from "../context";
import { logFault, refusalOf } from "../failure";
import type { Route } from "./routes";

/** What a procedure answered, as HTTP says it. */
export function answer(route: Route, output: unknown, request: Request, { site }: Context): Response {
  if (output === null) return new Response(null, { status: 204, headers: { "cache-control": "no-store" } });
  if (!route.isPaged) return json(route.status, output);
  const { items, next_cursor } = output as { items: unknown[]; next_cursor: string | null };
  if (next_cursor === null) return json(route.status, items);
  return json(route.status, items, { link: nextLink(request, site, next_cursor) });
}

/** RFC 8288: the same call with the next cursor, at the address that people use. */
function nextLink(request: Request, site: string, cursor: string): string {
  const { pathname, searchParams } = new URL(request.url);
  searchParams.set("cursor", cursor);
  return `<${site}${pathname}?${searchParams}>; rel="next"`;
}

/** A refusal with its status and fields; for anything else a 500 that tells nothing but the request's id. */
export function answerError(error: unknown, context: Context): Response {
  const refusal = refusalOf(error);
  if (refusal) return json(refusal.status, errorBody(refusal), refusal.headers);
  logFault(context, error);
  const fault = new ApiError(500, "internal", faultSentence(context.requestId));
  return json(500, errorBody(fault), { "x-request-id": context.requestId });
}

const errorBody = ({ message, code, errors }: ApiError) => ({
  error: message,
  code,
  ...(errors && { errors }),
});

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store", ...headers },
  });
}
