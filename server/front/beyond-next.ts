import type { IncomingMessage } from "node:http";

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Headers by which Next speaks to itself, and parameters that it adds to addresses. */
const ownHeader = /^(rsc|next-|x-nextjs-|x-middleware-|x-invoke-|x-matched-path|x-prerender-)/;
const ownParameter = /[?&](_rsc|nxt[PI]|__next)/;

/**
 * Whether Next would answer a request for the API itself instead of handing it to the route as it came: it
 * answers malformed escapes with a 500, redirects addresses with empty segments or a slash at the end and what it
 * takes for its own navigation, and knows no methods but these.
 */
export function isBeyondNext({ method = "GET", url = "/", headers }: IncomingMessage): boolean {
  const path = url.split("?", 1)[0] ?? "";
  return (
    !methods.has(method) ||
    !/^(\/[\w.~!$&'()*+,;=:@%-]+)+$/.test(path) ||
    hasBrokenEscapes(path) ||
    ownParameter.test(url) ||
    Object.keys(headers).some((name) => ownHeader.test(name))
  );
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
