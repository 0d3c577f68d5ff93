import { eq } from "drizzle-orm";
import { heldBy } from "@/domain/delivery/held";
import type { Delivery } from "../../store";
import type { Connection } from "../connection/connection";
import { deliveries, events, webhookQueue, webhooks } from "../schema/tables";

/** Deliveries with what it takes to say how they stand: the event's id, the webhook and its queue. */
export function deliveryRows({ db }: Connection) {
  return db
    .select({
      delivery: deliveries,
      eventId: events.id,
      timestamp: events.createdAt,
      webhook: {
        key: webhooks.key,
        id: webhooks.id,
        url: webhooks.url,
        isActive: webhooks.isActive,
        deletedAt: webhooks.deletedAt,
      },
      openedAt: webhookQueue.openedAt,
      probeAt: webhookQueue.probeAt,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .innerJoin(webhooks, eq(webhooks.key, deliveries.webhookKey))
    .leftJoin(webhookQueue, eq(webhookQueue.webhookKey, deliveries.webhookKey))
    .$dynamic();
}

type Row = ReturnType<ReturnType<typeof deliveryRows>["all"]>[number];

export function toDelivery(row: Row, now: number): Delivery {
  const { delivery, webhook } = row;
  // The rows of a deleted webhook are cancelled in batches; nobody may see one that still looks pending.
  const status = delivery.status === "pending" && webhook.deletedAt !== null ? "cancelled" : delivery.status;
  const isWaiting = status === "pending";
  const inFlight = isWaiting && delivery.leasedBy !== null && delivery.dueAt > now;
  const held = heldBy(
    { isWaiting: isWaiting && !inFlight, isTest: delivery.isTest, isDue: delivery.dueAt <= now },
    { isActive: webhook.isActive, isBreakerOpen: row.openedAt !== null },
  );
  return {
    eventId: row.eventId,
    webhookId: webhook.id,
    eventType: delivery.eventType,
    timestamp: row.timestamp,
    status,
    statusCode: delivery.statusCode,
    attemptCount: delivery.attempts,
    tries: delivery.tries,
    nextAttemptAt: isWaiting && !inFlight ? nextAttemptAt(row, held) : null,
    held,
    inFlight,
    isTest: delivery.isTest,
    error:
      delivery.errorCode === null ? null : { code: delivery.errorCode, message: delivery.errorMessage ?? "" },
    durationMs: delivery.durationMs,
    endedAt: delivery.endedAt,
  };
}

function nextAttemptAt({ delivery, probeAt }: Row, held: Delivery["held"]): number | null {
  if (held === "inactive") return null;
  return held === "breaker" ? probeAt : delivery.dueAt;
}
