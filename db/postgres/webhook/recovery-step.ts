import { and, asc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { resumed } from "@/domain/delivery/balance";
import type { DeliveryStatus } from "@/domain/delivery/decide";
import { dueAgain } from "@/domain/delivery/redelivery";
import {
  byWebhook,
  type EndedDelivery,
  type MissedEvent,
  markedRecovered,
  wasCounted,
} from "../../rows/recovery-window";
import { thisChange } from "../connection/change";
import type { Database, Transaction } from "../connection/connection";
import { addMatched } from "../queue/counters";
import { lockDeliveries } from "../queue/lock-deliveries";
import { lockQueues, type Refreshed, refreshQueues } from "../queue/queue-row";
import { deliveries, events, recoveries, webhooks } from "../schema/tables";
import { findTargets } from "./recovery-targets";

type Row = typeof recoveries.$inferSelect;
/** How it had ended, or, of an event that is sent for the first time, whether that was counted as missed. */
type Sent = { webhookKey: number; status: DeliveryStatus } | { webhookKey: number; wasMissed: boolean };

/** One window of one running recovery, which take turns. False when none runs that nobody else is at. */
export function recoveryStep(): (tx: Transaction) => Promise<boolean> {
  let served = 0;

  return async (tx) => {
    const recovery = (await lockRunning(tx.db, served)) ?? (await lockRunning(tx.db, 0));
    if (!recovery) return false;
    served = recovery.key;
    await shareCustomer(tx.db, recovery.customerKey);
    const receiving = await liveWebhooks(tx.db, recovery);
    const window = receiving.length > 0 ? await findTargets(tx.db, receiving, recovery) : null;
    if (!window?.after) {
      // What needed it no longer, since somebody else had sent it again, is dealt with too.
      await save(tx.db, recovery, { state: "done", done: recovery.total, endedAt: tx.now });
      return true;
    }
    const { ended, missed } = window;
    const sent = [...(await resend(tx, recovery, ended)), ...(await send(tx, recovery, missed))];
    await count(tx.db, sent);
    const found = ended.length + missed.reduce((sum, { webhookKeys }) => sum + webhookKeys.length, 0);
    const done = recovery.done + found;
    // More than were counted, when the range was too long to be looked through at first.
    const total = Math.max(recovery.total, done);
    await save(tx.db, recovery, { ...window.after, done, sent: recovery.sent + sent.length, total });
    return true;
  };
}

/** Until this ends nobody edits or deletes its webhooks: their queues are there to be counted in. */
async function shareCustomer(db: Database, customerKey: number): Promise<void> {
  await db.execute(sql`select from customers where key = ${customerKey} for share`);
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

const liveWebhooks = (db: Database, { targets }: Row) =>
  db
    .select()
    .from(webhooks)
    .where(
      and(
        inArray(
          webhooks.key,
          targets.map(({ key }) => key),
        ),
        isNull(webhooks.deletedAt),
      ),
    );

/** Answers those that were: people may have sent some again meanwhile, and retention removed some. */
async function resend({ db, now }: Transaction, recovery: Row, ended: EndedDelivery[]): Promise<Sent[]> {
  if (ended.length === 0) return [];
  const keys = ended.map(({ key }) => key);
  const isEnded = inArray(deliveries.status, ["failed", "delivered", "cancelled"]);
  const stillEnded = await lockDeliveries(db, and(inArray(deliveries.key, keys), isEnded));
  if (stillEnded.length === 0) return [];
  const { key, webhookKey, status } = deliveries;
  const rows = await db.select({ webhookKey, status }).from(deliveries).where(inArray(key, stillEnded));
  await db
    .update(deliveries)
    .set({
      ...dueAgain(now),
      recoveryKey: recovery.key,
      attemptsBefore: sql`${deliveries.attempts}`,
      change: thisChange,
    })
    .where(inArray(deliveries.key, stillEnded));
  return rows;
}

async function send({ db, now }: Transaction, recovery: Row, missed: MissedEvent[]): Promise<Sent[]> {
  if (missed.length === 0) return [];
  // As they are now, and until this ends: another recovery marks them too, and retention removes them.
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
  const missedBy = new Map(missed.map(({ key, webhookKeys }) => [key, webhookKeys]));
  const still = rows.map((row) => ({ ...row, webhookKeys: missedBy.get(row.key) ?? [] }));
  const made = still.flatMap(({ key, day, type, webhookKeys }) =>
    webhookKeys.map((webhookKey) => ({
      eventKey: key,
      day,
      webhookKey,
      customerKey: recovery.customerKey,
      eventType: type,
      status: "pending" as const,
      dueAt: now,
      nextReason: "scheduled" as const,
      createdAt: now,
      pendingSince: now,
      recoveryKey: recovery.key,
      attemptsBefore: 0,
      change: thisChange,
    })),
  );
  await db.insert(deliveries).values(made);
  await markRecovered(db, still);
  return still.flatMap((event) =>
    event.webhookKeys.map((webhookKey) => ({ webhookKey, wasMissed: wasCounted(event, webhookKey) })),
  );
}

async function count(db: Database, sent: Sent[]): Promise<void> {
  const groups = byWebhook(sent);
  await lockQueues(db, groups.keys());
  const refreshed: Refreshed[] = [];
  for (const [webhookKey, own] of groups) {
    const statuses = own.flatMap((each) => ("status" in each ? [each.status] : []));
    const added = own.length - statuses.length;
    const missed = own.filter((each) => "wasMissed" in each && each.wasMissed).length;
    if (added > 0) await addMatched(db, webhookKey, { matched: added - missed, missed: -missed });
    refreshed.push({ webhookKey, moves: { ...resumed(statuses), pending: own.length } });
  }
  await refreshQueues(db, refreshed);
}

async function markRecovered(db: Database, missed: MissedEvent[]): Promise<void> {
  const marked = missed.map((event) => ({ key: event.key, skipped: markedRecovered(event) }));
  await db.execute(sql`update ${events} set skipped = g.skipped
    from json_to_recordset(${JSON.stringify(marked)}::json) as g(key bigint, skipped json)
    where ${events.key} = g.key`);
}

async function save(db: Database, recovery: Row, progress: Partial<Row>): Promise<void> {
  await db.update(recoveries).set(progress).where(eq(recoveries.key, recovery.key));
}
