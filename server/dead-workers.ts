import type { Store } from "@/db/store";
import { isRunning } from "./is-running";

/**
 * Ends the workers whose process is gone, so that what they held is due now instead of when their leases end.
 * Only for workers of this machine, as all are on SQLite. Answers their ids.
 */
export async function endDeadWorkers(store: Pick<Store, "listWorkers" | "endWorker">): Promise<string[]> {
  const dead = (await store.listWorkers()).filter(isDead).map(({ id }) => id);
  for (const id of dead) await store.endWorker(id);
  return dead;
}

/** A container numbers its processes alike each time: a worker with this process's number is an earlier one. */
export const isDead = ({ pid }: { pid: number }) => pid === process.pid || !isRunning(pid);
