import type { IncomingMessage } from "node:http";
import { parseUrl } from "@/domain/network/parse-url";

const loopbackNames = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Where a page lives when it was asked for by another name of this machine: a session belongs to one origin, so a
 * person who types localhost for 127.0.0.1 would be signed out, and refused as a stranger. Null when the request
 * is for no page, or by the public name, or by one that is not ours to judge.
 */
export function publicAddress(
  { method, url = "/", headers }: IncomingMessage,
  publicUrl: string,
): string | null {
  if (method !== "GET" || !headers.accept?.includes("text/html")) return null;
  const home = new URL(publicUrl);
  const asked = parseUrl(`${home.protocol}//${headers.host}`);
  if (!asked || asked.host === home.host || asked.port !== home.port) return null;
  if (!loopbackNames.has(asked.hostname) || !loopbackNames.has(home.hostname)) return null;
  return `${publicUrl}${url}`;
}
