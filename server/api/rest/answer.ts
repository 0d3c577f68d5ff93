import { type Answer, json } from "@/server/http/answer";
import type { Call } from "@/server/http/call";
import type { Context } from "../context";
import type { Route } from "./routes";

type Paged = { items: unknown[]; next_cursor: string | null; searched_back_to?: string | null };

/** What a procedure answered, as HTTP says it. */
export function toAnswer(route: Route, output: unknown, request: Call, context: Context): Answer {
  const { site, dataAge, answerHeaders } = context;
  if (output === null) return { status: 204, headers: { "cache-control": "no-store" }, body: null };
  const headers = { ...(route.method === "GET" && dataAge()), ...answerHeaders };
  if (!route.isPaged) return json(route.status, output, headers);
  const { items, next_cursor, searched_back_to: backTo } = output as Paged;
  return json(route.status, items, {
    ...headers,
    ...(backTo && { "x-searched-back-to": backTo }),
    ...(next_cursor !== null && { link: nextLink(request, site(), next_cursor) }),
  });
}

/** RFC 8288: the same call with the next cursor, at the address that people use. */
function nextLink(request: Call, site: string, cursor: string): string {
  const { pathname, searchParams } = new URL(request.url);
  searchParams.set("cursor", cursor);
  return `<${site}${pathname}?${searchParams}>; rel="next"`;
}
