import { randomUUID } from "node:crypto";
import { and, desc, eq, inArray, max, sql } from "drizzle-orm";
import type { Actor } from "@/domain/audit/actor";
import { webhookAudited } from "@/domain/audit/webhook";
import { moved } from "@/domain/delivery/balance";
import { redeliver as decideRedelivery } from "@/domain/delivery/redelivery";
import { answerLimits } from "@/domain/limits";
import { attemptBytes, toAttempt } from "../../rows/attempt";
import { fittingRows } from "../../rows/page-size";
import type { DeliveryStore, WebhookStore } from "../../store";
import { auditWriter, growingAuditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { selectInNobodysHands } from "../queue/in-nobodys-hands";
import { queueRows } from "../queue/queue-row";
import { redelivery } from "../queue/redelivery";
import { attempts, customers, deliveries, events } from "../schema/tables";
import { webhookFinder } from "../webhook/webhook-finder";
import { contentReader } from "./delivery-content";
import { deliveryReader, deliveryRows } from "./delivery-rows";

type Verbs = Pick<DeliveryStore, "getDelivery" | "redeliver"> & Pick<WebhookStore, "cancelPending">;

/** Rows that one transaction cancels: other writers wait for it. */
const cancelBatch = 500;

export function deliveryVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const sequences = sequencesOf(connection);
  const audit = auditWriter(connection);
  const auditGrowing = growingAuditWriter(connection);
  const queue = queueRows(connection);
  const again = redelivery(connection);
  const findWebhook = webhookFinder(connection);
  const readDeliveries = deliveryReader(connection);
  const readContent = contentReader(connection);
  const selectEvent = hotSelect(
    connection,
    db
      .select({ key: events.key })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey))
      .where(and(eq(customers.id, sql.placeholder("customerId")), eq(events.id, sql.placeholder("eventId")))),
  );
  const selectDelivery = hotSelect(
    connection,
    deliveryRows(connection).where(
      and(
        eq(deliveries.eventKey, sql.placeholder("eventKey")),
        eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
      ),
    ),
  );
  const selectLatest = db
    .select()
    .from(attempts)
    .where(eq(attempts.deliveryKey, sql.placeholder("deliveryKey")))
    .orderBy(desc(attempts.number))
    .limit(answerLimits.attempts)
    .prepare();

  return {
    getDelivery,
    redeliver: (customerId, webhookId, eventId, by) =>
      write(() => redeliver(customerId, webhookId, eventId, by)),
    cancelPending,
  };

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

  function findDelivery(customerId: string, webhookId: string, eventId: string) {
    const webhookKey = findWebhook(customerId, webhookId)?.key;
    if (webhookKey === undefined) return undefined;
    const event = selectEvent.get({ customerId, eventId });
    return event && selectDelivery.get({ eventKey: event.key, webhookKey });
  }

  function redeliver(customerId: string, webhookId: string, eventId: string, by: Actor) {
    const row = findDelivery(customerId, webhookId, eventId);
    if (!row) return "not_found";
    const { key, isTest, leasedBy, status } = row.delivery;
    const isPending = status === "pending";
    const decided = decideRedelivery({ isTest, isInFlight: leasedBy !== null, isPending }, row.webhook);
    if (decided === "is_test" || decided === "inactive") return decided;
    if (decided === "ask_again") again.askAgain(key);
    else {
      again.sendAgain(key, isPending, clock());
      queue.refresh(row.webhook.key, isPending ? {} : moved(status, "pending"));
    }
    const facts = { event_id: eventId };
    audit(row.delivery.customerKey, webhookAudited("webhook.redelivered", row.webhook, facts), by);
    return "due";
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
