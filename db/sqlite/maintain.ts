import { statSync } from "node:fs";
import { and, asc, eq, gt, inArray, isNotNull, lt, notExists, or, sql } from "drizzle-orm";
import type { QueueStore } from "../store";
import type { Connection } from "./connection";
import { countersOf } from "./counters";
import { cancelled } from "./deliveries";
import { queueRows } from "./queue-row";
import { recoveryStep } from "./recovery";
import { stepMs } from "./rollups";
import { customers, deliveries, events, portalLinks, portalSessions, rollups, webhooks } from "./schema";

/** Rows that one transaction touches: other writers wait for it. */
const batchSize = 500;
const sweepEveryMs = 60_000;
/** Kept a little longer than the widest chart of each step. */
const keepMinutesMs = 26 * stepMs.hour;
const keepHoursMs = 31 * 24 * stepMs.hour;
/** The log is moved into the database from this size on. */
const checkpointBytes = 4 * 1024 * 1024;
const vacuumPages = 200;

const expiredError = {
  errorCode: "expired",
  errorMessage: "The delivery waited longer than deliveries are kept.",
} as const;

export function maintainVerbs(connection: Connection): Pick<QueueStore, "maintain"> {
  const { db, sqlite, write, clock } = connection;
  const counters = countersOf(connection);
  const queue = queueRows(connection);
  const recover = recoveryStep(connection);
  const deletedWebhook = db
    .select({ key: webhooks.key })
    .from(webhooks)
    .where(isNotNull(webhooks.deletedAt))
    .limit(1)
    .prepare();
  const deletedCustomer = db
    .select({ key: customers.key })
    .from(customers)
    .where(isNotNull(customers.deletedAt))
    .limit(1)
    .prepare();
  /** Where the sweep over old rows stands. It starts anew with the process, which only costs a look. */
  const sweep = { nextAt: 0, delivery: 0, event: 0 };

  return {
    async maintain({ retentionMs }) {
      checkpoint();
      const hasMore = await write(() => recover() || cancelOfDeleted() || purgeOfDeleted());
      if (hasMore || clock() < sweep.nextAt) return hasMore;
      const cutoff = clock() - retentionMs;
      return write(() => sweepDeliveries(cutoff) || sweepEvents(cutoff) || endSweep());
    },
  };

  function checkpoint(): void {
    if (sqlite.memory) return;
    const log = statSync(`${sqlite.name}-wal`, { throwIfNoEntry: false });
    if (log && log.size > checkpointBytes) sqlite.pragma("wal_checkpoint(PASSIVE)");
  }

  function cancelOfDeleted(): boolean {
    if (!deletedWebhook.get()) return false;
    const gone = db.select({ key: webhooks.key }).from(webhooks).where(isNotNull(webhooks.deletedAt));
    const { changes } = db
      .update(deliveries)
      .set({ ...cancelled(clock()), change: sql`${deliveries.change}` })
      .where(
        inArray(
          deliveries.key,
          db
            .select({ key: deliveries.key })
            .from(deliveries)
            .where(
              and(
                inArray(deliveries.webhookKey, gone),
                sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = 0`,
              ),
            )
            .limit(batchSize),
        ),
      )
      .run();
    return changes > 0;
  }

  /** A deleted customer's events go whatever their age, and with them deliveries and attempts. */
  function purgeOfDeleted(): boolean {
    const gone = deletedCustomer.get();
    if (!gone) return false;
    const batch = db
      .select({ key: events.key })
      .from(events)
      .where(eq(events.customerKey, gone.key))
      .limit(batchSize / 5); // each brings its deliveries and attempts along
    const { changes } = db.delete(events).where(inArray(events.key, batch)).run();
    if (changes === 0) db.delete(customers).where(eq(customers.key, gone.key)).run();
    return true;
  }

  /** Oldest first: what waited too long ends as failed, what ended long ago goes. */
  function sweepDeliveries(cutoff: number): boolean {
    const rows = db
      .select()
      .from(deliveries)
      .where(and(gt(deliveries.key, sweep.delivery), lt(deliveries.createdAt, cutoff)))
      .orderBy(asc(deliveries.key))
      .limit(batchSize)
      .all();
    const last = rows.at(-1);
    if (!last) return false;
    sweep.delivery = last.key;
    const now = clock();
    const isOver = (row: (typeof rows)[number]) =>
      row.status === "pending" && row.pendingSince < cutoff && (row.leasedBy === null || row.dueAt <= now);
    for (const row of rows.filter(isOver)) expire(row, now);
    const ended = rows.filter((row) => row.endedAt !== null && row.endedAt < cutoff).map((row) => row.key);
    db.delete(deliveries).where(inArray(deliveries.key, ended)).run();
    return true;
  }

  function expire(row: typeof deliveries.$inferSelect, now: number): void {
    db.update(deliveries)
      .set({ ...cancelled(now), status: "failed", ...expiredError, change: counters.take("change", 1) })
      .where(eq(deliveries.key, row.key))
      .run();
    if (!row.isTest) queue.refresh(row.webhookKey, -1);
  }

  function sweepEvents(cutoff: number): boolean {
    const rows = db
      .select({ key: events.key })
      .from(events)
      .where(and(gt(events.key, sweep.event), lt(events.createdAt, cutoff)))
      .orderBy(asc(events.key))
      .limit(batchSize)
      .all();
    const last = rows.at(-1);
    if (!last) return false;
    sweep.event = last.key;
    db.delete(events)
      .where(
        and(
          inArray(
            events.key,
            rows.map(({ key }) => key),
          ),
          notExists(
            db.select({ key: deliveries.key }).from(deliveries).where(eq(deliveries.eventKey, events.key)),
          ),
        ),
      )
      .run();
    return true;
  }

  /** The small things once a sweep, and the next sweep in a while. */
  function endSweep(): boolean {
    const now = clock();
    db.delete(rollups)
      .where(
        or(
          and(eq(rollups.step, "minute"), lt(rollups.start, now - keepMinutesMs)),
          and(eq(rollups.step, "hour"), lt(rollups.start, now - keepHoursMs)),
        ),
      )
      .run();
    db.delete(portalLinks).where(lt(portalLinks.expiresAt, now)).run();
    db.delete(portalSessions).where(lt(portalSessions.expiresAt, now)).run();
    db.delete(webhooks)
      .where(
        and(
          isNotNull(webhooks.deletedAt),
          notExists(
            db
              .select({ key: deliveries.key })
              .from(deliveries)
              .where(eq(deliveries.webhookKey, webhooks.key)),
          ),
        ),
      )
      .run();
    sqlite.pragma(`incremental_vacuum(${vacuumPages})`);
    Object.assign(sweep, { nextAt: now + sweepEveryMs, delivery: 0, event: 0 });
    return false;
  }
}
