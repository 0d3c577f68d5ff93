import { lookup, Resolver } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { namesToAsk } from "./search-list";

/** Finds the IP addresses of a host name. Rejects with the system's error; stops when the signal aborts. */
export type Resolve = (hostname: string, signal: AbortSignal) => Promise<string[]>;

/** Where a system's names come from. */
type System = { readConfig(): Promise<string>; newResolver(): Resolver };

/** None of the names that a host name may stand for has an address. `code` is Node's. */
export class UnknownName extends Error {
  constructor(
    readonly code: string,
    readonly tried: string[],
  ) {
    super(`${code} ${tried.join(" ")}`);
  }
}

/**
 * Asks DNS over the network, so that a name server that never answers blocks nobody else: the system's own
 * lookup holds one of Node's four threads until it gives up. It is asked only for names that this machine knows
 * by itself.
 */
export const systemResolve: Resolve = (hostname, signal) => resolveIn(thisSystem, hostname, signal);

const thisSystem: System = {
  readConfig: () => readFile("/etc/resolv.conf", "utf8").catch(() => ""),
  newResolver: () => new Resolver(),
};

export async function resolveIn(system: System, hostname: string, signal: AbortSignal): Promise<string[]> {
  const written = hostname.toLowerCase();
  const name = written.replace(/\.$/, "");
  if (isLoopbackName(name) || (await isInHostsFile(name))) return askMachine(name);
  try {
    return await search(namesToAsk(written, await system.readConfig()), signal, system);
  } catch (error) {
    // The machine may know it by other means than DNS, like its own name or mDNS.
    if (!(error instanceof UnknownName) || !isLocalName(written)) throw error;
    return askMachine(name).catch(() => Promise.reject(error));
  }
}

const isLoopbackName = (name: string) => /(^|\.)localhost$/.test(name);
const isLocalName = (name: string) => !name.includes(".") || /\.(local|internal)\.?$/.test(name);

async function askMachine(name: string): Promise<string[]> {
  const found = await lookup(name, { all: true });
  return found.map(({ address }) => address);
}

async function isInHostsFile(name: string): Promise<boolean> {
  const text = await readFile("/etc/hosts", "utf8").catch(() => "");
  return text
    .toLowerCase()
    .split("\n")
    .some((line) => line.replace(/#.*/, "").trim().split(/\s+/).slice(1).includes(name));
}

/** Ends of a question after which glibc, too, goes on along the search list; the first seen one tells most. */
const missCodes = ["ENODATA", "ESERVFAIL", "ENOTFOUND"];

async function search(names: string[], signal: AbortSignal, { newResolver }: System): Promise<string[]> {
  const misses = new Set<string>();
  for (const name of names) {
    signal.throwIfAborted();
    try {
      return await queryDns(name, signal, newResolver());
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      if (!missCodes.includes(code)) throw error;
      misses.add(code);
    }
  }
  throw new UnknownName(missCodes.find((code) => misses.has(code)) ?? "ENOTFOUND", names);
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
