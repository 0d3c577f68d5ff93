import type { Store, WorkerProcess } from "@/db/store";
import { heartbeatEveryMs } from "@/domain/queue/heartbeat";
import { isGone, isOfThisHost } from "./process-mark";

type Workers = Pick<Store, "listWorkers" | "endWorker">;
type Listed = WorkerProcess & { heartbeatAgeMs: number };

/** Ten heartbeats. */
const silentMs = 10 * heartbeatEveryMs;

/**
 * Ends the workers whose process is gone for certain, so that what they held is due now instead of when their
 * leases end. Answers their ids.
 */
export async function endDeadWorkers(store: Workers): Promise<string[]> {
  return endAll(store, (await store.listWorkers()).filter(isGone));
}

/**
 * Looks that also end the workers of other containers, of which only their heartbeat tells: once two looks in a row
 * have not heard of them, because after the first the clock may just have jumped.
 */
export function deadWorkerWatch(store: Workers): () => Promise<void> {
  let before = new Set<string>();
  return async () => {
    const last = before;
    before = new Set(); // while the store is away nobody can be heard of: the next look is the first again
    const workers = await store.listWorkers();
    const silent = workers.filter(isSilent).map(({ id }) => id);
    await endAll(
      store,
      workers.filter((worker) => isGone(worker) || (isSilent(worker) && last.has(worker.id))),
    );
    before = new Set(silent);
  };
}

/** Whether nothing more is to be expected of a worker, as far as anybody here can tell. */
export const isDead = (worker: Listed) => isGone(worker) || isSilent(worker);

/** One that is numbered here and runs is alive, however long it was stopped: its leases end by themselves. */
const isSilent = (worker: Listed) => !isOfThisHost(worker) && worker.heartbeatAgeMs > silentMs;

async function endAll(store: Workers, workers: Listed[]): Promise<string[]> {
  for (const { id } of workers) await store.endWorker(id);
  return workers.map(({ id }) => id);
}
