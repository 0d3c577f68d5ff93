import { eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { MaintainLimits, QueueStore } from "../../store";
import { accessSweep } from "../access/sweep-access";
import { auditSweep } from "../access/sweep-audit-log";
import { subscriptionLapse } from "../agents/lapse";
import { clockTrust } from "../connection/clock-trust";
import type { Connection } from "../connection/connection";
import { putOffStep } from "../queue/put-off-step";
import { customers, events, recoveries, webhooks } from "../schema/tables";
import { segmentRemoval } from "../search/remove-segments";
import { cancelStep } from "../webhook/cancel-step";
import { recoveryStep } from "../webhook/recovery-step";
import { listenerExpiry } from "./expire-listeners";
import { sweepOf } from "./sweep";
import { incidentSweep } from "./sweep-incidents";

/** Rows that one transaction touches, and each brings its deliveries and attempts along: other writers wait for it. */
const purgeBatch = 100;
/** Retention is looked after this often, and more often where things are kept only shortly. */
const sweepEveryMs = 60_000;

export function maintainVerbs(connection: Connection): Pick<QueueStore, "maintain"> {
  const { db, write, checkpoints, clock, elapsed } = connection;
  const isClockTrusted = clockTrust(connection);
  const recover = recoveryStep(connection);
  const cancelOfDeleted = cancelStep(connection);
  const makeDue = putOffStep(connection);
  const { sweepDeliveries, sweepEvents, sweepRest } = sweepOf(connection);
  const sweepAccess = accessSweep(connection);
  const removeSegments = segmentRemoval(connection);
  const auditLog = auditSweep(connection);
  const sweepIncidents = incidentSweep(connection);
  const expireListeners = listenerExpiry(connection);
  const lapseSubscriptions = subscriptionLapse(connection);
  const runningRecovery = db
    .select({ key: recoveries.key })
    .from(recoveries)
    .where(sql`${recoveries.state} = 'running'`)
    .limit(1)
    .prepare();
  const cancellingWebhook = db
    .select({ key: webhooks.key })
    .from(webhooks)
    .where(sql`${webhooks.isCancelling} = 1`)
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
    async maintain(limits) {
      checkpoints.checkpoint(); // what the last commits left
      const hasWork = runningRecovery.get() ?? cancellingWebhook.get() ?? deletedCustomer.get();
      if (!hasWork && elapsed() < sweepsAt) return false;
      return write(() => doOne(limits));
    },
  };

  function doOne(limits: MaintainLimits): boolean {
    for (let tried = 0; tried < kinds.length; tried += 1) {
      const kind = kinds[next];
      next = (next + 1) % kinds.length;
      if (kind?.(limits)) return true;
    }
    return false;
  }

  /**
   * A deleted customer's events go whatever their age, and with them deliveries and attempts: first what finds them, and
   * then its audit log.
   */
  function purgeOfDeleted(): boolean {
    const gone = deletedCustomer.get();
    if (!gone) return false;
    if (removeSegments.ofCustomer(gone.key)) return true;
    const batch = db
      .select({ key: events.key })
      .from(events)
      .where(eq(events.customerKey, gone.key))
      .limit(purgeBatch);
    const { changes } = db.delete(events).where(inArray(events.key, batch)).run();
    if (changes > 0 || auditLog.purge(gone.key)) return true;
    db.delete(customers).where(eq(customers.key, gone.key)).run();
    return true;
  }

  /** One part of retention; at its end, or while the clock is doubted, the next sweep is in a while. */
  function sweep({ retentionMs, longestPauseMs }: MaintainLimits): boolean {
    if (elapsed() < sweepsAt) return false;
    if (makeDue(longestPauseMs)) return true;
    if (isClockTrusted(retentionMs)) {
      const cutoff = clock() - retentionMs;
      if (lapseSubscriptions()) return true;
      // Incidents first, while there is what they are counted from.
      if (sweepIncidents() || sweepDeliveries(cutoff) || sweepEvents(cutoff)) return true;
      if (sweepAccess() || expireListeners() || sweepRest(cutoff)) return true;
      if (auditLog.tellExpiredKeys() || auditLog.prune(retentionMs)) return true;
    }
    sweepsAt = elapsed() + Math.min(sweepEveryMs, retentionMs / 4);
    return false;
  }
}
