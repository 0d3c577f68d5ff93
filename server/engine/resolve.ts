import { lookup, Resolver } from "node:dns/promises";
import { readFile } from "node:fs/promises";

/** Finds the IP addresses of a host name. Rejects with the system's error; stops when the signal aborts. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<string[]>;

/**
 * Asks DNS over the network, so that a name server that never answers blocks nobody else: the system's own
 * lookup holds one of Node's four threads until it gives up. It is asked only for names that this machine knows
 * by itself.
 */
export const systemResolve: Resolve = async (hostname, signal) => {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  if (isLocalName(name) || (await isInHostsFile(name))) {
    const found = await lookup(name, { all: true });
    return found.map(({ address }) => address);
  }
  return queryDns(name, signal, new Resolver());
};

const isLocalName = (name: string) => !name.includes(".") || /\.(localhost|local|internal)$/.test(name);

async function isInHostsFile(name: string): Promise<boolean> {
  const text = await readFile("/etc/hosts", "utf8").catch(() => "");
  return text
    .toLowerCase()
    .split("\n")
    .some((line) => line.replace(/#.*/, "").trim().split(/\s+/).slice(1).includes(name));
}

/** RFC 8305 §3: with addresses of one family in hand, wait this long for the other one. */
const otherFamilyMs = 50;

/** Asks for both families at once. The resolver is this query's alone: it is cancelled in the end. */
export async function queryDns(name: string, signal: AbortSignal, resolver: Resolver): Promise<string[]> {
  const cancel = () => resolver.cancel();
  signal.addEventListener("abort", cancel, { once: true });
  let timer: NodeJS.Timeout | undefined;
  try {
    const queries = [resolver.resolve4(name), resolver.resolve6(name)];
    await Promise.any(queries).catch(() => {});
    const late = new Promise<string[]>((resolve) => {
      timer = setTimeout(resolve, otherFamilyMs, []);
    });
    const answers = await Promise.allSettled(queries.map((query) => Promise.race([query, late])));
    const addresses = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
    if (addresses.length > 0) return addresses;
    throw answers.find((answer) => answer.status === "rejected")?.reason;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    resolver.cancel();
  }
}
