import { parseUrl } from "./parse-url";
/** How this installation is reached, as far as its settings tell. */
export type Home = {
  /** The address that people and links use, without a slash at its end; null when each request tells its own. */
  publicUrl: string | null;
  /** Where a person on this machine finds it. */
  localUrl: string;
  /** What it listens on. */
  host: string;
};

const namesHost = /^([\w.-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;
const isLoopback = (name: string) => /^(127(\.\d{1,3}){3}|\[::1\]|(.+\.)?localhost)$/.test(name);

/**
 * The address by which the sender of a request reaches this installation, without a slash at its end: PUBLIC_URL,
 * else what the request itself calls it. That is safe for links, because whoever asks for one is the one who gets
 * it, and for telling other sites apart, because a page cannot choose the Host of what it sends. A name that is led
 * to this machine by its own DNS is no name of it, so who listens on loopback only knows loopback's names.
 */
export function siteOf(
  { publicUrl, localUrl, host: listensOn }: Home,
  headers: Pick<Headers, "get">,
): string {
  if (publicUrl !== null) return publicUrl;
  const host = headers.get("host") ?? "";
  const asked = namesHost.test(host) ? parseUrl(`http://${host}`) : null;
  if (!asked || (isLoopbackOnly(listensOn) && !isLoopback(asked.hostname))) return localUrl;
  const origin = headers.get("origin");
  // Behind a proxy that speaks TLS only the page's origin tells so.
  return origin === `https://${asked.host}` ? origin : asked.origin;
}

/** Whether nobody but this machine reaches what listens on a host. */
export const isLoopbackOnly = (host: string) => isLoopback(hostnameOf(host));

/** A host as addresses have it: `::1` as `[::1]`. */
export const hostnameOf = (host: string) =>
  new URL(`http://${host.includes(":") ? `[${host}]` : host}`).hostname;
