import { and, asc, eq, gt, inArray, sql } from "drizzle-orm";
import { dueAgain } from "@/domain/delivery/redelivery";
import type { FailedDelivery, MissedEvent, Recovering } from "../../rows/recovery-window";
import { thisChange } from "../connection/change";
import type { Database, Transaction } from "../connection/connection";
import { addMatched } from "../queue/counters";
import { lockDeliveries } from "../queue/lock-deliveries";
import { lockQueues, refreshQueues } from "../queue/queue-row";
import { deliveries, events, recoveries, webhooks } from "../schema/tables";
import { findTargets } from "./recovery-targets";

type Row = typeof recoveries.$inferSelect;

/** One window of one running recovery, which take turns. False when none runs that nobody else is at. */
export function recoveryStep(): (tx: Transaction) => Promise<boolean> {
  let served = 0;

  return async (tx) => {
    const recovery = (await lockRunning(tx.db, served)) ?? (await lockRunning(tx.db, 0));
    if (!recovery) return false;
    served = recovery.key;
    await shareCustomerOf(tx.db, recovery.webhookKey);
    const [webhook] = await tx.db.select().from(webhooks).where(eq(webhooks.key, recovery.webhookKey));
    const window = webhook?.deletedAt === null ? await findTargets(tx.db, webhook, recovery) : null;
    if (!webhook || !window?.after) {
      // What needed it no longer, since somebody else had sent it again, is dealt with too.
      await save(tx.db, recovery, { state: "done", done: recovery.total, endedAt: tx.now });
      return true;
    }
    const resent = await resend(tx, window.failed);
    const sent = await send(tx, webhook, window.missed);
    if (resent + sent.length > 0) await count(tx.db, webhook.key, resent, sent);
    const done = recovery.done + window.failed.length + window.missed.length;
    // More than were counted, when the range was too long to be looked through at first.
    await save(tx.db, recovery, { ...window.after, done, total: Math.max(recovery.total, done) });
    return true;
  };
}

/** Until this ends nobody edits or deletes the webhook: its queue is there to be counted in. */
async function shareCustomerOf(db: Database, webhookKey: number): Promise<void> {
  const { key, customerKey } = webhooks;
  const isIts = sql`key = (select ${customerKey} from ${webhooks} where ${key} = ${webhookKey})`;
  await db.execute(sql`select from customers where ${isIts} for share`);
}

/** The next one after another that no other worker is at. */
async function lockRunning(db: Database, after: number): Promise<Row | undefined> {
  const [row] = await db
    .select()
    .from(recoveries)
    .where(and(sql`${recoveries.state} = 'running'`, gt(recoveries.key, after)))
    .orderBy(asc(recoveries.key))
    .limit(1)
    .for("update", { skipLocked: true });
  return row;
}

/** Answers how many there were: people may have sent some again meanwhile, and retention removed some. */
async function resend({ db, now }: Transaction, failed: FailedDelivery[]): Promise<number> {
  if (failed.length === 0) return 0;
  const keys = failed.map(({ key }) => key);
  const stillFailed = await lockDeliveries(
    db,
    and(inArray(deliveries.key, keys), eq(deliveries.status, "failed")),
  );
  if (stillFailed.length === 0) return 0;
  await db
    .update(deliveries)
    .set({ ...dueAgain(now), change: thisChange })
    .where(inArray(deliveries.key, stillFailed));
  return stillFailed.length;
}

/** Answers those that are sent. */
async function send(
  { db, now }: Transaction,
  webhook: Recovering,
  missed: MissedEvent[],
): Promise<MissedEvent[]> {
  if (missed.length === 0) return [];
  // As they are now, and until this ends: a recovery of another webhook marks them too, and retention removes them.
  const rows = await db
    .select({ key: events.key, day: events.day, type: events.type, skipped: events.skipped })
    .from(events)
    .where(
      inArray(
        events.key,
        missed.map(({ key }) => key),
      ),
    )
    .orderBy(asc(events.key))
    .for("update");
  if (rows.length === 0) return [];
  await db.insert(deliveries).values(
    rows.map(({ key, day, type }) => ({
      eventKey: key,
      day,
      webhookKey: webhook.key,
      customerKey: webhook.customerKey,
      eventType: type,
      status: "pending" as const,
      dueAt: now,
      nextReason: "scheduled" as const,
      createdAt: now,
      pendingSince: now,
      change: thisChange,
    })),
  );
  await markRecovered(db, rows, webhook.key);
  return rows;
}

/** Those that the webhook had missed were counted as they came. What is older than it matches only now. */
async function count(db: Database, webhookKey: number, resent: number, sent: MissedEvent[]): Promise<void> {
  await lockQueues(db, [webhookKey]);
  const missed = sent.filter(({ skipped }) => skipped.some(([each]) => each === webhookKey)).length;
  await addMatched(db, webhookKey, { matched: sent.length - missed, missed: -missed });
  await refreshQueues(db, [{ webhookKey, moves: { failed: -resent, pending: resent + sent.length } }]);
}

/** They are missed no longer, also when these deliveries will be pruned before the events. */
async function markRecovered(db: Database, rows: MissedEvent[], webhookKey: number): Promise<void> {
  const marked = rows.map(({ key, skipped }) => ({
    key,
    skipped: [...skipped.filter(([each]) => each !== webhookKey), [webhookKey, "recovered"]],
  }));
  await db.execute(sql`update ${events} set skipped = g.skipped
    from json_to_recordset(${JSON.stringify(marked)}::json) as g(key bigint, skipped json)
    where ${events.key} = g.key`);
}

async function save(db: Database, recovery: Row, progress: Partial<Row>): Promise<void> {
  await db.update(recoveries).set(progress).where(eq(recoveries.key, recovery.key));
}
