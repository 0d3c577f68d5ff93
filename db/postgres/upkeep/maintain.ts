import { and, eq, inArray, sql } from "drizzle-orm";
import type { MaintainLimits, QueueStore } from "../../store";
import { sweepAccess } from "../access/sweep-access";
import { pruneAuditLog, purgeAuditLog, tellExpiredKeys } from "../access/sweep-audit-log";
import { clockTrust } from "../connection/clock-trust";
import type { Connection, Database, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { lockDeliveries } from "../queue/lock-deliveries";
import { putOffStep } from "../queue/put-off-step";
import { attempts, customers, deliveries, events, payloads } from "../schema/tables";
import { removeOfCustomer } from "../search/remove-segments";
import { cancelStep } from "../webhook/cancel-step";
import { recoveryStep } from "../webhook/recovery-step";
import { dayNews } from "./day-news";
import { dropDays, makeNextDays } from "./days";
import { expireListeners } from "./expire-listeners";
import { lapseAgents } from "./lapse-agents";
import { sweepOf } from "./sweep";
import { sweepIncidents } from "./sweep-incidents";
import { isOurTurn } from "./turn";

/** Events that one transaction removes, and each brings its deliveries and attempts along. */
const purgeBatch = 100;
/** Retention is looked after this often, and more often where things are kept only shortly. */
const sweepEveryMs = 60_000;

export function maintainVerbs(connection: Connection): Pick<QueueStore, "maintain"> {
  const { db, write, elapsed } = connection;
  const isClockTrusted = clockTrust(connection);
  const { sweepDeliveries, sweepEvents, sweepRest } = sweepOf();
  /** In turns, so that no kind of slow work waits for all of another. */
  const kinds = [recoveryStep(), cancelStep(), purgeOfDeleted, sweep];
  let next = 0;
  /** In elapsed time, which nobody turns back. */
  let [sweepsAt, makesAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  /** In a transaction of its own, which lets the locks on a day go at once. */
  const alone = <T>(body: (db: Database) => Promise<T>) => write((tx) => body(tx.db));
  const say = dayNews(connection.onDays);
  /** A sweep that ended, by a clock that is believed. */
  let swept: { now: number; cutoff: number } | null = null;

  return {
    async maintain(limits) {
      if (elapsed() >= makesAt) await makeNext();
      if (elapsed() < sweepsAt && !(await hasWork(db))) return false;
      const isAny = await write(async (tx) => (await isOurTurn(tx.db)) && doOne(tx, limits));
      const at = swept;
      swept = null;
      if (at) say("dropped", await dropDays(db, alone, at));
      return isAny;
    },
  };

  async function doOne(tx: Transaction, limits: MaintainLimits): Promise<boolean> {
    for (let tried = 0; tried < kinds.length; tried += 1) {
      const kind = kinds[next];
      next = (next + 1) % kinds.length;
      if (await kind?.(tx, limits)) return true;
    }
    return false;
  }

  /** Whatever else there is to do, and whether the clock is believed or not: writers use these days. */
  async function makeNext(): Promise<void> {
    makesAt = elapsed() + sweepEveryMs;
    say("made", await makeNextDays(db, alone, await connection.now()));
  }

  /** One part of retention; at its end, or while the clock is doubted, the next sweep is in a while. */
  async function sweep(tx: Transaction, { retentionMs, longestPauseMs }: MaintainLimits): Promise<boolean> {
    if (elapsed() < sweepsAt) return false;
    if (await putOffStep(tx, longestPauseMs)) return true;
    if (await isClockTrusted(tx, retentionMs)) {
      const cutoff = tx.now - retentionMs;
      if (await lapseAgents(tx)) return true;
      // Incidents first, while there is what they are counted from.
      if (await sweepIncidents(tx)) return true;
      if (await sweepDeliveries(tx, cutoff)) return true;
      if (await sweepEvents(tx, cutoff)) return true;
      if (await sweepAccess(tx)) return true;
      if (await expireListeners(tx)) return true;
      if (await sweepRest(tx, cutoff)) return true;
      if (await tellExpiredKeys(tx)) return true;
      if (await pruneAuditLog(tx, retentionMs)) return true;
      swept = { now: tx.now, cutoff };
    }
    sweepsAt = elapsed() + Math.min(sweepEveryMs, retentionMs / 4);
    return false;
  }
}

async function hasWork(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ is_any: boolean }>(sql`select
    exists (select from recoveries where state = 'running')
    or exists (select from webhooks where is_cancelling)
    or exists (select from customers where deleted_at is not null) as is_any`);
  return onlyOne(rows).is_any;
}

/**
 * A deleted customer's events go whatever their age, and with them deliveries, attempts and payloads; then its audit log. Deliveries first:
 * an attempt that is recorded at the same moment is on record by the time that they are gone.
 */
async function purgeOfDeleted({ db }: Transaction): Promise<boolean> {
  const [gone] = await db
    .select({ key: customers.key })
    .from(customers)
    .where(sql`${customers.deletedAt} is not null`)
    .limit(1);
  if (!gone) return false;
  if (await removeOfCustomer(db, gone.key)) return true;
  const batch = await db
    .select({ key: events.key, day: events.day })
    .from(events)
    .where(eq(events.customerKey, gone.key))
    .limit(purgeBatch);
  if (batch.length > 0) await purge(db, batch);
  else if (!(await purgeAuditLog(db, gone.key)))
    await db.delete(customers).where(eq(customers.key, gone.key));
  return true;
}

async function purge(db: Database, batch: { key: number; day: number }[]): Promise<void> {
  const keys = batch.map(({ key }) => key);
  const days = [...new Set(batch.map(({ day }) => day))];
  const ended = await lockDeliveries(db, inArray(deliveries.eventKey, keys));
  await db.delete(deliveries).where(inArray(deliveries.key, ended));
  await db.delete(attempts).where(and(inArray(attempts.day, days), inArray(attempts.deliveryKey, ended)));
  await db.delete(payloads).where(and(inArray(payloads.day, days), inArray(payloads.eventKey, keys)));
  await db.delete(events).where(inArray(events.key, keys));
}
