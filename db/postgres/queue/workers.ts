import { asc, eq, inArray } from "drizzle-orm";
import type { QueueStore, WorkerProcess } from "../../store";
import type { Connection, Transaction } from "../connection/connection";
import { deliveries, deliveryPause, workers } from "../schema/tables";
import { lockQueues, probeAgain, refreshQueues } from "./queue-row";

type Verbs = Pick<QueueStore, "heartbeat" | "endWorker" | "listWorkers">;

export function workerVerbs({ db, write, now }: Connection): Verbs {
  return {
    heartbeat: (worker) => write((tx) => beat(tx, worker)),
    endWorker: (workerId) => write((tx) => end(tx, workerId)),
    listWorkers: async () => {
      const at = await now();
      const rows = await db.select().from(workers);
      return rows.map(({ heartbeatAt, ...worker }) => ({
        ...worker,
        heartbeatAgeMs: Math.max(0, at - heartbeatAt),
      }));
    },
  };
}

async function beat({ db, now }: Transaction, worker: WorkerProcess) {
  const row = { ...worker, heartbeatAt: now };
  await db.insert(workers).values(row).onConflictDoUpdate({ target: workers.id, set: row });
  const paused = await db.select({ only: deliveryPause.only }).from(deliveryPause);
  return { isAllPaused: paused.length > 0 };
}

async function end({ db, now }: Transaction, workerId: string): Promise<void> {
  await db.delete(workers).where(eq(workers.id, workerId));
  const held = await db
    .select()
    .from(deliveries)
    .where(eq(deliveries.leasedBy, workerId))
    .orderBy(asc(deliveries.key))
    .for("no key update");
  if (held.length === 0) return;
  const keys = held.map(({ key }) => key);
  await db.update(deliveries).set({ dueAt: now }).where(inArray(deliveries.key, keys));
  const webhookKeys = [...new Set(held.map(({ webhookKey }) => webhookKey))];
  await lockQueues(db, webhookKeys);
  for (const { webhookKey, leasedReason, dueAt } of held) {
    if (leasedReason === "probe") await probeAgain(db, webhookKey, dueAt, now);
  }
  await refreshQueues(
    db,
    webhookKeys.map((webhookKey) => ({ webhookKey })),
  );
}
