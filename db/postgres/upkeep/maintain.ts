import { eq, inArray, sql } from "drizzle-orm";
import type { MaintainLimits, QueueStore } from "../../store";
import { sweepAccess } from "../access/sweep-access";
import { clockTrust } from "../connection/clock-trust";
import type { Connection, Database, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { putOffStep } from "../queue/put-off-step";
import { customers, events } from "../schema/tables";
import { cancelStep } from "../webhook/cancel-step";
import { recoveryStep } from "../webhook/recovery-step";
import { sweepOf } from "./sweep";

/** Rows that one transaction touches, and each brings its deliveries and attempts along. */
const purgeBatch = 100;
/** Retention is looked after this often, and more often where things are kept only shortly. */
const sweepEveryMs = 60_000;
/** Any number that nobody else takes for this: of all workers, one does slow work at a time. */
const lockNumber = 4_615_227_002;

export function maintainVerbs(connection: Connection): Pick<QueueStore, "maintain"> {
  const { db, write, elapsed } = connection;
  const isClockTrusted = clockTrust(connection);
  const { sweepDeliveries, sweepEvents, sweepRest } = sweepOf();
  /** In turns, so that no kind of slow work waits for all of another. */
  const kinds = [recoveryStep(), cancelStep(), purgeOfDeleted, sweep];
  let next = 0;
  /** In elapsed time, which nobody turns back. */
  let sweepsAt = Number.NEGATIVE_INFINITY;

  return {
    async maintain(limits) {
      if (elapsed() < sweepsAt && !(await hasWork(db))) return false;
      return write(async (tx) => (await isOurTurn(tx.db)) && doOne(tx, limits));
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

  /** One part of retention; at its end, or while the clock is doubted, the next sweep is in a while. */
  async function sweep(tx: Transaction, { retentionMs, longestPauseMs }: MaintainLimits): Promise<boolean> {
    if (elapsed() < sweepsAt) return false;
    if (await putOffStep(tx, longestPauseMs)) return true;
    if (await isClockTrusted(tx, retentionMs)) {
      const cutoff = tx.now - retentionMs;
      if (await sweepDeliveries(tx, cutoff)) return true;
      if (await sweepEvents(tx, cutoff)) return true;
      if (await sweepAccess(tx)) return true;
      if (await sweepRest(tx, cutoff)) return true;
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

/** Until this transaction ends; false while another worker's does slow work. */
async function isOurTurn(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ is_ours: boolean }>(
    sql`select pg_try_advisory_xact_lock(${lockNumber}) as is_ours`,
  );
  return onlyOne(rows).is_ours;
}

/** A deleted customer's events go whatever their age, and with them deliveries and attempts. */
async function purgeOfDeleted({ db }: Transaction): Promise<boolean> {
  const [gone] = await db
    .select({ key: customers.key })
    .from(customers)
    .where(sql`${customers.deletedAt} is not null`)
    .limit(1);
  if (!gone) return false;
  const batch = db
    .select({ key: events.key })
    .from(events)
    .where(eq(events.customerKey, gone.key))
    .limit(purgeBatch);
  const { rowCount } = await db.delete(events).where(inArray(events.key, batch));
  if (rowCount === 0) await db.delete(customers).where(eq(customers.key, gone.key));
  return true;
}
