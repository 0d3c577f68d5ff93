import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { ToldDiagnosis } from "@/domain/diagnosis/outcome-evidence";
import { eventBody } from "@/domain/event/event";
import type { SystemEvent, systemEventTypes } from "@/domain/webhook/system-event";
import { failedData, systemWebhookId } from "../../rows/system-webhook";
import type { Database, Transaction } from "../connection/connection";
import { customers, deliveries, events, webhooks } from "../schema/tables";
import { writeEvents } from "./write-events";

/** The webhook that something is told of. */
type Told = Pick<typeof webhooks.$inferSelect, "key" | "id" | "url" | "customerKey" | "subscriptionId">;

/**
 * Tells the platform of a webhook: written in the transaction that it tells of, and delivered like any other event.
 * Nothing is written while no platform webhook is set, nor about the platform's own webhook or
 * those of agents, which are nobody's concern but their customer's.
 */
export async function tellPlatform(tx: Transaction, event: SystemEvent, webhook: Told): Promise<void> {
  const { type, ...more } = event;
  if (event.type === "delivery.failed") await tellOfFailed(tx, event.delivery, event.diagnosis);
  else await emit(tx, type, webhook, more);
}

/** Tells of a delivery that failed, once its row says so; `diagnosis` is that of an attempt that ended just now. */
export async function tellOfFailed(
  tx: Transaction,
  deliveryKey: number,
  diagnosis?: ToldDiagnosis,
): Promise<void> {
  if (!(await findTarget(tx.db))) return;
  const [row] = await tx.db
    .select({ delivery: deliveries, webhook: webhooks, eventId: events.id })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.key, deliveries.webhookKey))
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .where(eq(deliveries.key, deliveryKey));
  if (!row || row.webhook.deletedAt !== null) return;
  await emit(tx, "delivery.failed", row.webhook, failedData(row.eventId, row.delivery, diagnosis));
}

async function findTarget(db: Database) {
  const [row] = await db
    .select({ webhookKey: webhooks.key, customerKey: webhooks.customerKey })
    .from(webhooks)
    .where(and(eq(webhooks.id, systemWebhookId), eq(webhooks.isActive, true)));
  return row;
}

async function emit(
  tx: Transaction,
  type: (typeof systemEventTypes)[number],
  webhook: Told,
  more: object,
): Promise<void> {
  const target = await findTarget(tx.db);
  if (!target || target.webhookKey === webhook.key || webhook.subscriptionId !== null) return;
  const { id: customerId, externalId } = customers;
  const [customer] = await tx.db
    .select({ customerId, externalId })
    .from(customers)
    .where(eq(customers.key, webhook.customerKey));
  const id = randomUUID();
  const data = {
    webhook_id: webhook.id,
    webhook_url: webhook.url,
    customer_id: customer?.customerId,
    external_id: customer?.externalId ?? null,
    ...more,
  };
  const payload = eventBody({ id, type, createdAt: tx.now, dataJson: JSON.stringify(data) });
  const { customerKey, webhookKey } = target;
  const targets = [webhookKey];
  await writeEvents(tx, [
    { id, customerKey, type, payload, contentHash: "", isTest: false, targets, skipped: [] },
  ]);
}
