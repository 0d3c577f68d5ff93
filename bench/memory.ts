import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { Bench, Row } from "./bench";

const settleMs = 10_000;

/** All processes together after some idle time. Shared pages count once in PSS and for each process in RSS. */
export async function measureMemory({ product }: Bench): Promise<Row[]> {
  if (process.platform !== "linux") return [{ what: "idle memory", measured: "only on Linux", goal: "" }];
  await pause(settleMs);
  const pids = product.pids();
  const sum = (name: string) => Math.round(pids.reduce((total, pid) => total + kibOf(pid, name), 0) / 1_024);
  return [
    {
      what: `idle memory of all ${pids.length} processes`,
      measured: `${sum("Pss")} MB PSS, ${sum("Rss")} MB RSS`,
      goal: "≤ 300 MB",
    },
  ];
}

function kibOf(pid: number, name: string): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0);
}
