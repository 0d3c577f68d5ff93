import { randomUUID } from "node:crypto";
import { and, desc, eq, max } from "drizzle-orm";
import { webhookAudited } from "@/domain/audit/webhook";
import { moved } from "@/domain/delivery/balance";
import { answerLimits } from "@/domain/limits";
import { attemptBytes, toAttempt } from "../../rows/attempt";
import { fittingRows } from "../../rows/page-size";
import type { DeliveryStore, WebhookStore } from "../../store";
import { auditGrowing } from "../access/audit-log";
import type { Connection, Database, Transaction } from "../connection/connection";
import { cancelWaiting } from "../queue/cancel";
import { moveFormer } from "../queue/counters";
import { lockQueues, refreshQueues } from "../queue/queue-row";
import { attempts, deliveries } from "../schema/tables";
import { findWebhook } from "../webhook/webhook-finder";
import { readContent } from "./delivery-content";
import { readDeliveries } from "./delivery-rows";
import { findDelivery } from "./find-delivery";

type Verbs = Pick<DeliveryStore, "getDelivery"> & Pick<WebhookStore, "cancelPending">;

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

const findLatestAttempts = (db: Database, { key, day }: { key: number; day: number }) =>
  db
    .select()
    .from(attempts)
    .where(and(eq(attempts.day, day), eq(attempts.deliveryKey, key)))
    .orderBy(desc(attempts.number))
    .limit(answerLimits.attempts);

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
