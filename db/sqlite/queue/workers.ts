import { eq } from "drizzle-orm";
import type { QueueStore } from "../../store";
import type { Connection } from "../connection/connection";
import { findPause } from "../platform/delivery-pause";
import { deliveries, workers } from "../schema/tables";
import { queueRows } from "./queue-row";

type Verbs = Pick<QueueStore, "heartbeat" | "endWorker" | "listWorkers">;

export function workerVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const queue = queueRows(connection);

  return {
    heartbeat: (worker) =>
      write(() => {
        const now = clock();
        db.insert(workers)
          .values({ ...worker, heartbeatAt: now })
          .onConflictDoUpdate({ target: workers.id, set: { ...worker, heartbeatAt: now } })
          .run();
        return { isAllPaused: findPause(connection) !== null };
      }),

    endWorker: (workerId) =>
      write(() => {
        db.delete(workers).where(eq(workers.id, workerId)).run();
        const now = clock();
        const ofWorker = eq(deliveries.leasedBy, workerId);
        const held = db.select().from(deliveries).where(ofWorker).all();
        db.update(deliveries).set({ dueAt: now }).where(ofWorker).run();
        for (const { webhookKey, leasedReason, dueAt } of held) {
          if (leasedReason === "probe") queue.probeAgain(webhookKey, dueAt, now);
        }
        for (const webhookKey of new Set(held.map((row) => row.webhookKey))) queue.refresh(webhookKey);
      }),

    listWorkers: async () => {
      const now = clock();
      return db
        .select()
        .from(workers)
        .all()
        .map(({ heartbeatAt, ...worker }) => ({ ...worker, heartbeatAgeMs: Math.max(0, now - heartbeatAt) }));
    },
  };
}
