import { randomUUID } from "node:crypto";
import { and, desc, eq, max } from "drizzle-orm";
import { webhookAudited } from "@/domain/audit/webhook";
import { moved } from "@/domain/delivery/balance";
import { redeliver as decideRedelivery } from "@/domain/delivery/redelivery";
import { answerLimits } from "@/domain/limits";
import { attemptBytes, toAttempt } from "../../rows/attempt";
import { fittingRows } from "../../rows/page-size";
import type { DeliveryStore, WebhookStore } from "../../store";
import { audit, auditGrowing } from "../access/audit-log";
import type { Connection, Database, Transaction } from "../connection/connection";
import { cancelWaiting } from "../queue/cancel";
import { moveFormer } from "../queue/counters";
import { lockQueues, refreshQueues } from "../queue/queue-row";
import { askAgain, sendAgain } from "../queue/redelivery";
import { attempts, customers, deliveries, events, webhooks } from "../schema/tables";
import { findWebhook } from "../webhook/webhook-finder";
import { readContent } from "./delivery-content";
import { deliveryRows, readDeliveries } from "./delivery-rows";

type Verbs = Pick<DeliveryStore, "getDelivery" | "redeliver"> & Pick<WebhookStore, "cancelPending">;

/** Rows that one transaction cancels: whoever ends one of them waits for it. */
const cancelBatch = 500;

export function deliveryVerbs(connection: Connection): Verbs {
  const { db, write } = connection;
  return {
    async getDelivery(customerId, webhookId, eventId) {
      const row = await findDelivery(db, customerId, webhookId, eventId);
      if (!row) return null;
      const [found] = await readDeliveries({ db, now: await connection.now() }, [row]);
      if (!found) return null;
      const { key, eventType } = row.delivery;
      const of = { webhookId, customerId, eventId, eventType };
      const latest = await findLatestAttempts(db, row.delivery);
      const fitting = fittingRows(latest.map((attempt) => ({ bytes: attemptBytes(attempt) })));
      return {
        delivery: { ...found.delivery, content: (await readContent(db, [row.delivery])).get(key) },
        attempts: latest.slice(0, fitting).map((attempt) => toAttempt(attempt, of)),
      };
    },

    redeliver: (customerId, webhookId, eventId, by) =>
      write(async (tx) => {
        const row = await findDelivery(tx.db, customerId, webhookId, eventId);
        if (!row) return "not_found";
        const answer = await redeliver(tx, row.delivery.key);
        const told = webhookAudited("webhook.redelivered", row.webhook, { event_id: eventId });
        if (answer === "due") await audit(tx, row.delivery.customerKey, told, by);
        return answer;
      }),

    async cancelPending(customerId, webhookId, by) {
      const askedAt = await connection.now();
      const webhook = await findWebhook(db, customerId, webhookId);
      if (!webhook) return null;
      // What comes meanwhile stays, or this might never end.
      const upTo = await latestKey(db);
      const entryId = randomUUID();
      for (let count = 0; ; ) {
        const cancelled = await write(async (tx) => {
          const cancelled = await cancel(tx, webhook.key, { upTo, askedAt });
          const told = webhookAudited("webhook.pending_cancelled", webhook, { count: count + cancelled });
          if (cancelled > 0) await auditGrowing(tx, entryId, webhook.customerKey, told, by);
          return cancelled;
        });
        if (cancelled === 0) return count;
        count += cancelled;
      }
    },
  };
}

async function findDelivery(db: Database, customerId: string, webhookId: string, eventId: string) {
  const webhook = await findWebhook(db, customerId, webhookId);
  if (!webhook) return undefined;
  const [event] = await db
    .select({ key: events.key })
    .from(events)
    .innerJoin(customers, eq(customers.key, events.customerKey))
    .where(and(eq(customers.id, customerId), eq(events.id, eventId)));
  if (!event) return undefined;
  const isIt = and(eq(deliveries.eventKey, event.key), eq(deliveries.webhookKey, webhook.key));
  const [row] = await deliveryRows(db).where(isIt);
  return row;
}

const findLatestAttempts = (db: Database, { key, day }: { key: number; day: number }) =>
  db
    .select()
    .from(attempts)
    .where(and(eq(attempts.day, day), eq(attempts.deliveryKey, key)))
    .orderBy(desc(attempts.number))
    .limit(answerLimits.attempts);

/** The delivery is locked before its webhook's queue, as everybody does; what is decided on is read after that. */
async function redeliver({ db, now }: Transaction, key: number) {
  const isIt = eq(deliveries.key, key);
  const [delivery] = await db.select().from(deliveries).where(isIt).for("no key update");
  if (!delivery) return "not_found";
  await lockQueues(db, [delivery.webhookKey]);
  const [webhook] = await db
    .select({ isActive: webhooks.isActive, deletedAt: webhooks.deletedAt })
    .from(webhooks)
    .where(eq(webhooks.key, delivery.webhookKey));
  if (!webhook || webhook.deletedAt !== null) return "not_found";
  const isPending = delivery.status === "pending";
  const isInFlight = delivery.leasedBy !== null;
  const decided = decideRedelivery({ isTest: delivery.isTest, isInFlight, isPending }, webhook);
  if (decided === "is_test" || decided === "inactive") return decided;
  if (decided === "ask_again") await askAgain(db, key);
  else {
    await sendAgain(db, key, isPending, now);
    await refreshQueues(db, [
      { webhookKey: delivery.webhookKey, moves: isPending ? {} : moved(delivery.status, "pending") },
    ]);
  }
  return "due";
}

async function latestKey(db: Database): Promise<number> {
  const [latest] = await db.select({ key: max(deliveries.key) }).from(deliveries);
  return latest?.key ?? 0;
}

async function cancel(
  tx: Transaction,
  webhookKey: number,
  asked: { upTo: number; askedAt: number },
): Promise<number> {
  const count = await cancelWaiting(tx, { webhookKey, ...asked, limit: cancelBatch });
  if (count === 0) return 0;
  await lockQueues(tx.db, [webhookKey]);
  const counted = [{ webhookKey, moves: moved("pending", "cancelled", count) }];
  await refreshQueues(tx.db, counted);
  await moveFormer(tx.db, counted); // if it was deleted meanwhile
  return count;
}
