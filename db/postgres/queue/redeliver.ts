import { eq, inArray, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { redelivered } from "@/domain/audit/recovery";
import { webhookAudited } from "@/domain/audit/webhook";
import { resumed } from "@/domain/delivery/balance";
import type { DeliveryStatus } from "@/domain/delivery/decide";
import { redeliver as decideRedelivery, dueAsAsked } from "@/domain/delivery/redelivery";
import { chosenRecovery, toRecovery } from "../../rows/recovery";
import { byWebhook } from "../../rows/recovery-window";
import type { DeliveryStore, RecoveryStore, Redelivered, RedeliveryAnswer } from "../../store";
import { audit } from "../access/audit-log";
import { findCustomerKey } from "../access/customer-finder";
import { thisChange } from "../connection/change";
import type { Connection, Database, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { deliveries, recoveries, webhooks } from "../schema/tables";
import { lockDeliveries } from "./lock-deliveries";
import { lockQueues, refreshQueues } from "./queue-row";

type Verbs = Pick<DeliveryStore, "redeliver"> & Pick<RecoveryStore, "redeliverMany">;

/** It looks for nothing: no change comes before its range is closed. */
const noChange = "1:1:";

export function redeliverVerbs({ write }: Connection): Verbs {
  return {
    redeliver: (customerId, webhookId, eventId, by) =>
      write(async (tx) => {
        const customerKey = await findCustomerKey(tx.db, customerId);
        if (customerKey === undefined) return "not_found";
        const { answers, due, webhooks } = await redeliver(tx, customerKey, [{ webhookId, eventId }]);
        if (due.length > 0) {
          const told = webhookAudited("webhook.redelivered", onlyOne(webhooks), { event_id: eventId });
          await audit(tx, customerKey, told, by);
        }
        return onlyOne(answers);
      }),

    redeliverMany: (customerId, id, chosen, by) =>
      write(async (tx) => {
        const { db, now } = tx;
        const customerKey = await findCustomerKey(db, customerId);
        if (customerKey === undefined) return null;
        // First of all, because it locks the customer.
        const begun = await db
          .insert(recoveries)
          .values({ ...chosenRecovery(id, customerKey, now), lastChange: noChange })
          .returning({ key: recoveries.key });
        const isIt = eq(recoveries.key, onlyOne(begun).key);
        const { answers, due } = await redeliver(tx, customerKey, chosen);
        if (due.length === 0) {
          await db.delete(recoveries).where(isIt);
          return { recovery: null, answers };
        }
        await db
          .update(deliveries)
          .set({ recoveryKey: onlyOne(begun).key, attemptsBefore: sql`${deliveries.attempts}` })
          .where(inArray(deliveries.key, due));
        const counts = { total: due.length, done: due.length, sent: due.length };
        const sent = chosen.filter((_, at) => answers[at] === "due");
        const told = redelivered(
          id,
          sent.map(({ eventId }) => eventId),
        );
        await audit(tx, customerKey, told, by);
        const [row] = await db.update(recoveries).set(counts).where(isIt).returning();
        return { recovery: row ? toRecovery(row, null) : null, answers };
      }),
  };
}

/**
 * Answers for each, and which deliveries are due. They are locked before the queues of their webhooks, as everybody
 * does; what is decided on is read after that.
 */
async function redeliver({ db, now }: Transaction, customerKey: number, chosen: Redelivered[]) {
  const found = await findChosen(db, customerKey, chosen);
  const keys = [...new Set(found.values())];
  const locked = keys.length > 0 ? await lockDeliveries(db, inArray(deliveries.key, keys)) : [];
  const rows = await db.select().from(deliveries).where(inArray(deliveries.key, locked));
  const webhookKeys = rows.map(({ webhookKey }) => webhookKey);
  await lockQueues(db, webhookKeys);
  const current = await db
    .select({
      key: webhooks.key,
      id: webhooks.id,
      url: webhooks.url,
      isActive: webhooks.isActive,
      deletedAt: webhooks.deletedAt,
    })
    .from(webhooks)
    .where(inArray(webhooks.key, webhookKeys));
  const answers = new Map<number, RedeliveryAnswer>();
  const [asked, early, again]: [number[], number[], number[]] = [[], [], []];
  for (const { key, webhookKey, isTest, leasedBy, status } of rows) {
    const webhook = current.find((each) => each.key === webhookKey);
    const isPending = status === "pending";
    const decided =
      webhook && webhook.deletedAt === null
        ? decideRedelivery({ isTest, isInFlight: leasedBy !== null, isPending }, webhook)
        : "not_found";
    if (decided === "ask_again") asked.push(key);
    if (decided === "due_early") early.push(key);
    if (decided === "due_again") again.push(key);
    const isRefused = decided === "not_found" || decided === "inactive" || decided === "is_test";
    answers.set(key, isRefused ? decided : "due");
  }
  await set(db, asked, { isAskedAgain: true });
  await set(db, early, { ...dueAsAsked(true, now), change: thisChange });
  await set(db, again, { ...dueAsAsked(false, now), change: thisChange });
  const isMoved = new Set([...early, ...again]);
  const groups = byWebhook(rows.filter(({ key }) => isMoved.has(key)));
  await refreshQueues(
    db,
    [...groups].map(([webhookKey, own]) => ({ webhookKey, moves: resumed(endsOf(own)) })),
  );
  return {
    answers: chosen.map((each) => answers.get(found.get(placeOf(each)) ?? 0) ?? "not_found"),
    due: [...asked, ...early, ...again],
    webhooks: current,
  };
}

const placeOf = ({ webhookId, eventId }: Redelivered) => `${webhookId} ${eventId}`;

/** The keys of those that are there, of the customer's webhooks that are not deleted. */
async function findChosen(db: Database, customerKey: number, chosen: Redelivered[]) {
  const { rows } = await db.execute<{ key: string; webhook: string; event: string }>(sql`
    select d.key, g."webhookId" as webhook, g."eventId" as event
    from json_to_recordset(${JSON.stringify(chosen)}::json) as g("webhookId" text, "eventId" text)
    join webhooks w on w.id = g."webhookId" and w.customer_key = ${customerKey} and w.deleted_at is null
    join events e on e.customer_key = ${customerKey} and e.id = g."eventId"
    join deliveries d on d.event_key = e.key and d.webhook_key = w.key`);
  return new Map(
    rows.map(({ key, webhook, event }) => [placeOf({ webhookId: webhook, eventId: event }), Number(key)]),
  );
}

type Changes = PgUpdateSetSource<typeof deliveries>;

async function set(db: Database, keys: number[], changes: Changes): Promise<void> {
  if (keys.length > 0) await db.update(deliveries).set(changes).where(inArray(deliveries.key, keys));
}

/** What waited moves nowhere. */
const endsOf = (rows: { status: DeliveryStatus }[]) =>
  rows.map(({ status }) => status).filter((status) => status !== "pending");
