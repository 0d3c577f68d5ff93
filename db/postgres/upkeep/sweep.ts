import { and, asc, eq, gt, inArray, isNotNull, isNull, lt, lte, notExists, or, sql } from "drizzle-orm";
import { moved } from "@/domain/delivery/balance";
import { rollupKeptMs } from "@/domain/delivery/rollup";
import { markLimits, noticeLimits } from "@/domain/limits";
import { isPast, passOf } from "../../rows/pass";
import { type Pruned, prunedDeliveries, prunedMissed } from "../../rows/pruned";
import { stepMs } from "../../rows/rollup-buckets";
import { thisChange } from "../connection/change";
import type { Database, Transaction } from "../connection/connection";
import { tellOfFailed } from "../event/system-events";
import { moveFormer, pruneCounted } from "../queue/counters";
import { lockDeliveries } from "../queue/lock-deliveries";
import { lockQueues, refreshQueues } from "../queue/queue-row";
import { deliveries, events, marks, notices, recoveries, rollups, webhooks } from "../schema/tables";
import { removeEmpty } from "../search/remove-segments";
import { removeOldCreations } from "../webhook/creations";

/** Rows that one look covers. */
const windowRows = 200;
/** Rollups that one transaction removes, and webhooks, each of which brings its rollups along. */
const rollupRows = 1_000;
const webhookRows = 20;

const expiredError = {
  errorCode: "expired",
  errorMessage: "The delivery waited longer than deliveries are kept.",
} as const;

/**
 * The parts of retention, oldest rows first. What deliveries and events leave behind in the partition of a day goes with
 * that (see days), and nobody finds it until then; in the one for all other days it goes with them. The first two answer whether they did anything or there may be
 * more that is older than `cutoff`; rows come in the order of acceptance, so the first younger one ends it. The third
 * answers whether there may be more. What is decided on may have changed by the time it is written: so each write asks
 * again.
 */
export function sweepOf() {
  const deliveriesPass = passOf();
  const eventsPass = passOf();

  return { sweepDeliveries, sweepEvents, sweepRest };

  /** What waited too long ends as failed, what ended long ago goes. */
  async function sweepDeliveries(tx: Transaction, cutoff: number): Promise<boolean> {
    const { db, now } = tx;
    const rows = await db
      .select()
      .from(deliveries)
      .where(gt(deliveries.key, deliveriesPass.after))
      .orderBy(asc(deliveries.key))
      .limit(windowRows);
    const { old, hasMore } = deliveriesPass.look(rows, cutoff, now);
    const ended = old.filter((row) => row.endedAt !== null && isPast(row.endedAt, cutoff, now));
    const gone = ended.length > 0 ? await removeEnded(db, keysOf(ended)) : [];
    const over = old.filter((row) => row.status === "pending" && row.pendingSince < cutoff);
    const expired = await expire(tx, keysOf(over), cutoff);
    await count(tx, expired, prunedDeliveries(gone));
    return hasMore || expired.length + ended.length > 0;
  }

  /** Events whose deliveries are all gone. */
  async function sweepEvents({ db, now }: Transaction, cutoff: number): Promise<boolean> {
    const rows = await db
      .select({ key: events.key, createdAt: events.createdAt })
      .from(events)
      .where(gt(events.key, eventsPass.after))
      .orderBy(asc(events.key))
      .limit(windowRows);
    const { old, hasMore } = eventsPass.look(rows, cutoff, now);
    if (old.length === 0) return hasMore;
    const ofEvent = db
      .select({ key: deliveries.key })
      .from(deliveries)
      .where(eq(deliveries.eventKey, events.key));
    const gone = await db
      .delete(events)
      .where(and(inArray(events.key, keysOf(old)), notExists(ofEvent)))
      .returning({ key: events.key, customerKey: events.customerKey, skipped: events.skipped });
    await db.execute(sql`delete from payloads_default where event_key = any(${arrayOf(gone)})`);
    const missed = prunedMissed(gone);
    await lockQueues(
      db,
      missed.map(({ webhookKey }) => webhookKey),
    );
    await pruneCounted(db, missed);
    return hasMore || gone.length > 0;
  }
}

const keysOf = (rows: { key: number }[]) => rows.map(({ key }) => key);
const arrayOf = (rows: { key: number }[]) => sql`${sql.param(keysOf(rows))}::bigint[]`;

type Expired = { key: number; webhookKey: number; isTest: boolean };

async function removeEnded(db: Database, keys: number[]) {
  const { key, webhookKey, customerKey, status, isTest } = deliveries;
  const gone = await db
    .delete(deliveries)
    .where(and(inArray(key, keys), isNotNull(deliveries.endedAt)))
    .returning({ key, webhookKey, customerKey, status, isTest });
  await db.execute(sql`delete from attempts_default where delivery_key = any(${arrayOf(gone)})`);
  return gone;
}

/** What nobody has in flight. */
async function expire({ db, now }: Transaction, keys: number[], cutoff: number): Promise<Expired[]> {
  if (keys.length === 0) return [];
  const isOver = and(
    inArray(deliveries.key, keys),
    eq(deliveries.status, "pending"),
    lt(deliveries.pendingSince, cutoff),
    or(isNull(deliveries.leasedBy), lte(deliveries.dueAt, now)),
  );
  const over = await lockDeliveries(db, isOver);
  if (over.length === 0) return [];
  return db
    .update(deliveries)
    .set({
      status: "failed",
      endedAt: now,
      lease: sql`${deliveries.lease} + 1`,
      leasedBy: null,
      leasedAt: null,
      leasedReason: null,
      change: thisChange,
      ...expiredError,
    })
    .where(inArray(deliveries.key, over))
    .returning({ key: deliveries.key, webhookKey: deliveries.webhookKey, isTest: deliveries.isTest });
}

/** The queues of all at once, and their customers' deleted webhooks last, as everybody does. */
async function count(tx: Transaction, expired: Expired[], pruned: Pruned[]): Promise<void> {
  const { db } = tx;
  const untested = expired.filter(({ isTest }) => !isTest).toSorted((a, b) => a.key - b.key);
  const ofExpired = untested.map(({ webhookKey }) => webhookKey);
  await lockQueues(db, [...ofExpired, ...pruned.map(({ webhookKey }) => webhookKey)]);
  const counts = [...new Set(ofExpired)].map((webhookKey) => ({
    webhookKey,
    moves: moved("pending", "failed", ofExpired.filter((key) => key === webhookKey).length),
  }));
  await refreshQueues(db, counts);
  for (const { key } of untested) await tellOfFailed(tx, key);
  await moveFormer(db, counts);
  await pruneCounted(db, pruned);
}

/** The small things: rollups that no chart shows, what is empty, the index of events that are gone. */
async function sweepRest(tx: Transaction, cutoff: number): Promise<boolean> {
  const { db, now } = tx;
  const isOfStep = (step: "minute" | "hour", before: number) =>
    and(eq(rollups.step, step), lt(rollups.start, before));
  const isOld = or(isOfStep("minute", now - rollupKeptMs.minute), isOfStep("hour", now - rollupKeptMs.hour));
  const counted = await db
    .delete(rollups)
    .where(sql`ctid in (select ctid from ${rollups} where ${isOld} limit ${rollupRows})`);
  await db.delete(marks).where(lt(marks.at, now - markLimits.keptMs));
  await removeOldCreations(tx);
  await db.delete(notices).where(lt(notices.at, now - noticeLimits.keptMs));
  await db.delete(recoveries).where(lt(recoveries.endedAt, cutoff));
  await db
    .update(webhooks)
    .set({ previousSecret: null, previousSecretUntil: null, signsWith: "current" })
    .where(lt(webhooks.previousSecretUntil, now - 24 * stepMs.hour));
  const ofWebhook = db
    .select({ key: deliveries.key })
    .from(deliveries)
    .where(eq(deliveries.webhookKey, webhooks.key));
  const empty = db
    .select({ key: webhooks.key })
    .from(webhooks)
    .where(and(isNotNull(webhooks.deletedAt), notExists(ofWebhook)))
    .limit(webhookRows);
  const emptied = await db.delete(webhooks).where(inArray(webhooks.key, empty));
  const hasMoreSegments = await removeEmpty(db);
  return counted.rowCount === rollupRows || emptied.rowCount === webhookRows || hasMoreSegments;
}
