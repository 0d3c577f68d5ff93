import { parseCidr } from "@/server/domain/address";

/** The header in which the HTTP front names the true client, whatever the client claims. */
const clientHeader = "x-fanfare-client";

/**
 * The network that a request comes from, as a key for counting: the IPv4 address, or the /64 of an IPv6 one,
 * because whoever has one of its addresses has all of them.
 */
export function networkOf(headers: Headers): string {
  const client = headers.get(clientHeader) ?? "";
  const range = parseCidr(client.includes(":") ? `${client}/64` : client);
  return range ? `${range.family}/${range.low}` : client;
}
