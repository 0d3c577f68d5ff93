import { randomUUID } from "node:crypto";
import { desc, eq, inArray, max, sql } from "drizzle-orm";
import type { Actor } from "@/domain/audit/actor";
import { webhookAudited } from "@/domain/audit/webhook";
import { moved } from "@/domain/delivery/balance";
import { answerLimits } from "@/domain/limits";
import { attemptBytes, toAttempt } from "../../rows/attempt";
import { fittingRows } from "../../rows/page-size";
import type { DeliveryStore, WebhookStore } from "../../store";
import { growingAuditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { sequencesOf } from "../connection/sequences";
import { selectInNobodysHands } from "../queue/in-nobodys-hands";
import { queueRows } from "../queue/queue-row";
import { attempts, deliveries } from "../schema/tables";
import { webhookFinder } from "../webhook/webhook-finder";
import { contentReader } from "./delivery-content";
import { deliveryReader } from "./delivery-rows";
import { deliveryFinder } from "./find-delivery";

type Verbs = Pick<DeliveryStore, "getDelivery"> & Pick<WebhookStore, "cancelPending">;

/** Rows that one transaction cancels: other writers wait for it. */
const cancelBatch = 500;

export function deliveryVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const sequences = sequencesOf(connection);
  const auditGrowing = growingAuditWriter(connection);
  const queue = queueRows(connection);
  const findWebhook = webhookFinder(connection);
  const findDelivery = deliveryFinder(connection);
  const readDeliveries = deliveryReader(connection);
  const readContent = contentReader(connection);
  const selectLatest = db
    .select()
    .from(attempts)
    .where(eq(attempts.deliveryKey, sql.placeholder("deliveryKey")))
    .orderBy(desc(attempts.number))
    .limit(answerLimits.attempts)
    .prepare();

  return { getDelivery, cancelPending };

  async function getDelivery(customerId: string, webhookId: string, eventId: string) {
    const row = findDelivery(customerId, webhookId, eventId);
    const [found] = readDeliveries(row ? [row] : []);
    if (!found) return null;
    const { key, eventType } = found.row.delivery;
    const of = { webhookId, customerId, eventId, eventType };
    const latest = selectLatest.all({ deliveryKey: key });
    const fitting = fittingRows(latest.map((attempt) => ({ bytes: attemptBytes(attempt) })));
    return {
      delivery: { ...found.delivery, content: readContent([key]).get(key) },
      attempts: latest.slice(0, fitting).map((attempt) => toAttempt(attempt, of)),
    };
  }

  async function cancelPending(customerId: string, webhookId: string, by: Actor): Promise<number | null> {
    const webhook = findWebhook(customerId, webhookId);
    if (!webhook) return null;
    const webhookKey = webhook.key;
    // What comes meanwhile stays, or this might never end. The plus leaves the choice of index as it is.
    const waiting = selectInNobodysHands(connection, sql`+${deliveries.key} <= ${latestKey()}`)
      .limit(cancelBatch)
      .prepare();
    const askedAt = clock();
    const some = () => waiting.all({ webhookKey, now: askedAt }).map(({ key }) => key);
    const entryId = randomUUID();
    let count = 0;
    for (;;) {
      const changes = await write(() => {
        const changes = cancel(webhookKey, some());
        const told = webhookAudited("webhook.pending_cancelled", webhook, { count: count + changes });
        if (changes > 0) auditGrowing(entryId, webhook.customerKey, told, by);
        return changes;
      });
      count += changes;
      if (changes < cancelBatch) return count;
    }
  }

  function latestKey(): number {
    const latest = db.select({ key: max(deliveries.key) }).from(deliveries);
    return latest.get()?.key ?? 0;
  }

  function cancel(webhookKey: number, keys: number[]): number {
    if (keys.length === 0) return 0;
    db.update(deliveries)
      .set({ ...cancelled(clock()), change: sequences.take("change", 1) })
      .where(inArray(deliveries.key, keys))
      .run();
    queue.refresh(webhookKey, moved("pending", "cancelled", keys.length));
    return keys.length;
  }
}

/** The columns of a delivery that is cancelled; whoever still has it in flight can write nothing any more. */
export function cancelled(now: number) {
  return {
    status: "cancelled",
    endedAt: now,
    lease: sql`${deliveries.lease} + 1`,
    leasedBy: null,
    leasedAt: null,
    leasedReason: null,
  } as const;
}
