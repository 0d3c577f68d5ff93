import { and, eq, inArray, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import type { QueueStore } from "../store";
import { clockTrust } from "./clock-trust";
import type { Connection } from "./connection";
import { cancelled } from "./deliveries";
import { recoveryStep } from "./recovery-step";
import { customers, deliveries, events, recoveries, webhooks } from "./schema";
import { sweepOf } from "./sweep";
import { accessSweep } from "./sweep-access";

/** Rows that one transaction touches: other writers wait for it. */
const cancelBatch = 500;
/** Each brings its deliveries and attempts along. */
const purgeBatch = 100;
/** Retention is looked after this often, and more often where things are kept only shortly. */
const sweepEveryMs = 60_000;

export function maintainVerbs(connection: Connection): Pick<QueueStore, "maintain"> {
  const { db, write, checkpoints, clock, elapsed } = connection;
  const isClockTrusted = clockTrust(connection);
  const recover = recoveryStep(connection);
  const { sweepDeliveries, sweepEvents, sweepRest } = sweepOf(connection);
  const sweepAccess = accessSweep(connection);
  const runningRecovery = db
    .select({ key: recoveries.key })
    .from(recoveries)
    .where(sql`${recoveries.state} = 'running'`)
    .limit(1)
    .prepare();
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
  /** In turns, so that no kind of slow work waits for all of another. */
  const kinds = [recover, cancelOfDeleted, purgeOfDeleted, sweep];
  let next = 0;
  /** In elapsed time, which nobody turns back. */
  let sweepsAt = Number.NEGATIVE_INFINITY;

  return {
    async maintain({ retentionMs }) {
      checkpoints.checkpoint(); // what the last commits left
      const hasWork = runningRecovery.get() ?? deletedWebhook.get() ?? deletedCustomer.get();
      if (!hasWork && elapsed() < sweepsAt) return false;
      return write(() => doOne(retentionMs));
    },
  };

  function doOne(retentionMs: number): boolean {
    for (let tried = 0; tried < kinds.length; tried += 1) {
      const kind = kinds[next];
      next = (next + 1) % kinds.length;
      if (kind?.(retentionMs)) return true;
    }
    return false;
  }

  function cancelOfDeleted(): boolean {
    const now = clock();
    const gone = db.select({ key: webhooks.key }).from(webhooks).where(isNotNull(webhooks.deletedAt));
    const batch = db
      .select({ key: deliveries.key })
      .from(deliveries)
      .where(
        and(
          inArray(deliveries.webhookKey, gone),
          sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = 0`,
          // What is in flight still ends as it ends; it is looked at again after that.
          or(isNull(deliveries.leasedBy), lte(deliveries.dueAt, now)),
        ),
      )
      .limit(cancelBatch);
    const { changes } = db.update(deliveries).set(cancelled(now)).where(inArray(deliveries.key, batch)).run();
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
      .limit(purgeBatch);
    const { changes } = db.delete(events).where(inArray(events.key, batch)).run();
    if (changes === 0) db.delete(customers).where(eq(customers.key, gone.key)).run();
    return true;
  }

  /** One part of retention; at its end, or while the clock is doubted, the next sweep is in a while. */
  function sweep(retentionMs: number): boolean {
    if (elapsed() < sweepsAt) return false;
    if (isClockTrusted(retentionMs)) {
      const cutoff = clock() - retentionMs;
      if (sweepDeliveries(cutoff) || sweepEvents(cutoff) || sweepAccess()) return true;
      sweepRest(cutoff);
    }
    sweepsAt = elapsed() + Math.min(sweepEveryMs, retentionMs / 4);
    return false;
  }
}
