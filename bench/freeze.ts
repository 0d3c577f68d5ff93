import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import type { RunningProduct } from "@/chaos/running-product";
import { stateOf } from "./processes";

const retryMs = 2;

/** Freezes all workers, none of them within a transaction, in which it would lock everybody else out. */
export async function freezeWorkers(product: RunningProduct): Promise<void> {
  for (;;) {
    product.signal("worker", "SIGSTOP");
    const pids = product.pids("worker");
    while (pids.some((pid) => stateOf(pid) !== "T")) await pause(retryMs);
    if (!pids.some(holdsLock)) return;
    product.signal("worker", "SIGCONT");
    await pause(retryMs);
  }
}

/** Whether it is writing: SQLite's locks are the kernel's. */
const holdsLock = (pid: number) =>
  new RegExp(`^\\d+: POSIX +ADVISORY +WRITE ${pid} `, "m").test(readFileSync("/proc/locks", "utf8"));
