import type { CallHeaders } from "@/server/http/call";

const bearer = /^Bearer +(\S+) *$/i;

/**
 * The headers of a request with its key where every other call has it: agents' hosts send it as a bearer token. A key in
 * `X-API-KEY` goes before.
 */
export function keyHeaders(headers: Headers): CallHeaders {
  const [, token] = bearer.exec(headers.get("authorization") ?? "") ?? [];
  if (token === undefined || headers.has("x-api-key")) return headers;
  const named = new Headers(headers);
  named.set("x-api-key", token);
  return named;
}
