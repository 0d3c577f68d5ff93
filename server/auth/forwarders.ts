import { type Cidr, isWithin, parseCidr } from "@/domain/network/address";
import type { CallHeaders } from "@/server/http/call";
import type { Env } from "@/server/process/env";
import type { Logger } from "@/server/process/log";

/** The header in which the HTTP front names a sender that passes on the requests of others. */
const forwarderHeader = "x-fanfare-forwarder";

/** Networks that each warning is written for: anybody can send the headers of a proxy, and from many addresses. */
const maxNetworks = 20;

/** Tells the operator of proxies whose clients cannot be told apart, once for each network. */
export type Forwarders = {
  /** Such a request came in. */
  seen(address: string): void;
  /** A limit on what one network may do is reached; `what` are the things that it counts. */
  limited(headers: CallHeaders, what: string): void;
};

export function createForwarders(log: Logger, { trustedProxies }: Pick<Env, "trustedProxies">): Forwarders {
  const trusted = trustedProxies.flatMap((range) => parseCidr(range) ?? []);
  const remedyFor = (address: string) => remedy(address, trusted, trustedProxies);
  const isNewToSeen = firstTimes();
  const isNewToLimited = firstTimes();
  return {
    seen(address) {
      if (!isNewToSeen(address)) return;
      log.warn(
        { proxy: address },
        `Requests from ${address} are made for others, who all count as one client: ${remedyFor(address)}`,
      );
    },
    limited(headers, what) {
      const address = headers.get(forwarderHeader);
      if (address === null || !isNewToLimited(address, what)) return;
      log.warn(
        { proxy: address },
        `Too many ${what} came from ${address}, which passes on the requests of others: everybody behind it is refused for now. ${remedyFor(address)}`,
      );
    },
  };
}

function remedy(address: string, trusted: Cidr[], trustedProxies: string[]): string {
  if (isWithin(address, trusted))
    return "let that proxy send X-Forwarded-For, which is the header that is read.";
  const line = `TRUSTED_PROXIES=${[...trustedProxies, address].join(",")}`;
  return `if it is your proxy, set ${line} (or the range of all your proxies) and start anew.`;
}

/** Whether something is asked about an address's network for the first time. */
function firstTimes() {
  const known = new Set<string>();
  return (address: string, about = ""): boolean => {
    const range = parseCidr(`${address}/${address.includes(":") ? 64 : 24}`);
    const network = `${about} ${range?.family}/${range?.low}`;
    if (known.has(network) || known.size >= maxNetworks) return false;
    known.add(network);
    return true;
  };
}
