import { readdirSync, readFileSync } from "node:fs";

/** Linux tells times in hundredths of a second, whatever the kernel counts in. */
const usPerTick = 10_000;

/**
 * User and system time that processes have taken so far, all their threads included, and that of children they
 * have outlived; in microseconds.
 */
export function cpuUs(pids: number[]): number {
  const ticks = pids.map((pid) => statOf(pid).slice(11, 15));
  return ticks.flat().reduce((sum, each) => sum + Number(each), 0) * usPerTick;
}

/** Processes and everything that they started, as far as it runs, each of them once. */
export function withChildren(pids: number[]): number[] {
  const parents = readdirSync("/proc")
    .map(Number)
    .flatMap((each) => (Number.isInteger(each) ? [{ pid: each, parent: Number(statOf(each)[1]) }] : []));
  const all = new Set(pids);
  for (const pid of all) for (const child of parents) if (child.parent === pid) all.add(child.pid);
  return [...all];
}

/** Memory in KiB: `Pss` counts a shared page once for all who share it, `Rss` for each. */
export function memoryKib(pids: number[], kind: "Pss" | "Rss"): number {
  return pids
    .map((pid) => readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))
    .reduce((sum, text) => sum + Number(new RegExp(`^${kind}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0), 0);
}

/** One letter: `T` is stopped. */
export const stateOf = (pid: number) => statOf(pid)[0];

/** The fields after the name of a process, of which the first is its state; none of one that is gone. */
function statOf(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
