import type { IncomingMessage } from "node:http";
import { parseUrl } from "@/domain/network/parse-url";

/**
 * The path and query of a request's target, as the app knows them: a proxy may lead here by a base path, which it
 * passes on or takes off, and a slash at the end changes nothing. The target may be written as a whole address
 * (RFC 9112, 3.2.2: whose host then counts for nothing here). Null for what is no path, such as `*`.
 */
export function pathOf(target: string, basePath: string): string | null {
  const written = withoutHost(target);
  if (written === null) return null;
  const [path, query] = splitQuery(written, basePath);
  const bare = /[^/]\/$/.test(path) ? path.slice(0, -1) : path;
  return `${bare}${query}`;
}

/**
 * Where a page is that was asked for with a slash at its end: served there, it would not know its own links.
 * Null for everything else.
 */
export function pageWithoutSlash({ method, url = "", headers }: IncomingMessage, basePath: string) {
  if (method !== "GET" || !headers.accept?.includes("text/html")) return null;
  const [path, query] = splitQuery(url, basePath);
  return plainWithSlash.test(path) ? `${basePath}${path.slice(0, -1)}${query}` : null;
}

/** Nothing that browsers could take for another host, such as `//evil/` or `/\evil/`. */
const plainWithSlash = /^(\/[\w.~!$&'()*+,;=:@%-]+)+\/$/;

/** The path as Next knows it, which was built for the base path. */
export const pathForNext = (path: string, basePath: string) =>
  basePath === "" ? path : `${basePath}${path.replace(/^\/(?=\?|$)/, "")}`;

function withoutHost(target: string): string | null {
  if (target.startsWith("/")) return target;
  const url = /^https?:\/\//i.test(target) ? parseUrl(target) : null;
  return url && `${url.pathname}${url.search}`;
}

/** The path below the base path, and the query with its mark. */
function splitQuery(url: string, basePath: string): [path: string, query: string] {
  const end = url.indexOf("?") < 0 ? url.length : url.indexOf("?");
  const path = url.slice(0, end);
  const isBelow = path === basePath || path.startsWith(`${basePath}/`);
  return [(isBelow ? path.slice(basePath.length) : path) || "/", url.slice(end)];
}

/** Whether the path of an address has escapes that spell no UTF-8. */
export function hasBrokenEscapes(url: string): boolean {
  try {
    decodeURIComponent(url.split("?", 1)[0] ?? "");
    return false;
  } catch {
    return true;
  }
}
