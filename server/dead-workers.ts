import { readFileSync } from "node:fs";
import type { Store } from "@/db/store";

/**
 * Ends the workers whose process is gone, so that what they held is due now instead of when their leases end.
 * Only for workers of this machine, as all are on SQLite. Answers their ids.
 */
export async function endDeadWorkers(store: Pick<Store, "listWorkers" | "endWorker">): Promise<string[]> {
  const dead = (await store.listWorkers()).filter(({ pid }) => !isOtherProcess(pid)).map(({ id }) => id);
  for (const id of dead) await store.endWorker(id);
  return dead;
}

/** Whether a living process other than this one has the id: a container numbers its processes alike each time. */
function isOtherProcess(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  return !isZombie(pid);
}

/** A killed process that nobody has waited for still answers to signal 0. */
function isZombie(pid: number): boolean {
  try {
    return /^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false; // no /proc here, or the process went away meanwhile
  }
}
