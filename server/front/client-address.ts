import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { type Cidr, isWithin } from "@/domain/network/address";

/** Headers in which proxies name clients. */
const clientHeaders = ["forwarded", "x-forwarded-for", "x-real-ip"];

/** What else they tell of a request: anybody can send all of these. */
const otherHeaders = ["x-forwarded-host", "x-forwarded-port", "x-forwarded-proto", "x-fanfare-forwarder"];

/**
 * Puts the true client address into `x-fanfare-client` and `x-forwarded-for`, and removes every other claim.
 * Proxies append to X-Forwarded-For, so it is read from its end, for as long as a trusted one speaks. A client that
 * names others in turn, whom it is not believed, is in `x-fanfare-forwarder`. Answers the address of the socket
 * when that is such a client, else null.
 */
export function nameClient(request: IncomingMessage, trusted: readonly Cidr[]): string | null {
  const { headers, socket } = request;
  const peer = plain(socket.remoteAddress ?? "");
  const { client, isForwarding } = readClaims(headers, peer, trusted);
  for (const name of [...clientHeaders, ...otherHeaders]) delete headers[name];
  headers["x-forwarded-for"] = client;
  headers["x-fanfare-client"] = client;
  if (!isForwarding) return null;
  headers["x-fanfare-forwarder"] = client;
  return client === peer ? peer : null;
}

function readClaims(headers: IncomingMessage["headers"], peer: string, trusted: readonly Cidr[]) {
  const claims = String(headers["x-forwarded-for"] ?? "").split(",");
  let client = peer;
  while (claims.length > 0 && isWithin(client, trusted)) {
    const claim = plain(claims.pop()?.trim() ?? "");
    if (!isIP(claim)) break;
    client = claim;
  }
  const isUnread = claims.some((claim) => claim.trim() !== "");
  const isForwarding = client === peer ? clientHeaders.some((name) => name in headers) : isUnread;
  return { client, isForwarding };
}

/** `::ffff:192.0.2.1` is how a dual-stack socket writes an IPv4 address. */
const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
