import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { type Cidr, isWithin } from "@/server/domain/address";

/** Headers in which proxies name clients, hosts and protocols: anybody can send them. */
const forwardedHeaders = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-port",
  "x-forwarded-proto",
  "x-real-ip",
];

/**
 * Puts the true client address into `x-fanfare-client` and `x-forwarded-for`, and removes every other claim.
 * Proxies append to X-Forwarded-For, so it is read from its end, for as long as a trusted one speaks.
 */
export function nameClient(request: IncomingMessage, trusted: readonly Cidr[]): void {
  const client = clientAddress(request, trusted);
  for (const name of forwardedHeaders) delete request.headers[name];
  request.headers["x-forwarded-for"] = client;
  request.headers["x-fanfare-client"] = client;
}

function clientAddress(request: IncomingMessage, trusted: readonly Cidr[]): string {
  const peer = plain(request.socket.remoteAddress ?? "");
  const claims = String(request.headers["x-forwarded-for"] ?? "").split(",");
  let client = peer;
  while (claims.length > 0 && isWithin(client, trusted)) {
    const claim = plain(claims.pop()?.trim() ?? "");
    if (!isIP(claim)) break;
    client = claim;
  }
  return client;
}

/** `::ffff:192.0.2.1` is how a dual-stack socket writes an IPv4 address. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
