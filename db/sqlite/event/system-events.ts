import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import type { ToldDiagnosis } from "@/domain/diagnosis/outcome-evidence";
import { eventBody } from "@/domain/event/event";
import type { SystemEvent, systemEventTypes } from "@/domain/webhook/system-event";
import { failedData, systemWebhookId } from "../../rows/system-webhook";
import { sequencesOf } from "../connection/sequences";
import { shared } from "../connection/shared";
import { customers, deliveries, events, webhooks } from "../schema/tables";
import { eventWriter } from "./event-writer";

/** The webhook that something is told of. */
type Told = Pick<typeof webhooks.$inferSelect, "key" | "id" | "url" | "customerKey" | "subscriptionId">;

/**
 * Events about webhooks, for the platform: written in the transaction that they tell of, and delivered like
 * any other. Nothing is written while no platform webhook is set, nor about the platform's own webhook or
 * those of agents, which are nobody's concern but their customer's.
 */
export const systemEvents = shared((connection) => {
  const { db, clock } = connection;
  const sequences = sequencesOf(connection);
  const insert = eventWriter(connection);
  const selectTarget = db
    .select({ webhookKey: webhooks.key, customerKey: webhooks.customerKey })
    .from(webhooks)
    .where(and(eq(webhooks.id, systemWebhookId), eq(webhooks.isActive, true)))
    .prepare();
  const selectCustomer = db
    .select({ id: customers.id, externalId: customers.externalId })
    .from(customers)
    .where(eq(customers.key, sql.placeholder("key")))
    .prepare();

  const selectDelivery = db
    .select({ delivery: deliveries, webhook: webhooks, eventId: events.id })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.key, deliveries.webhookKey))
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .where(eq(deliveries.key, sql.placeholder("key")))
    .prepare();

  return {
    /** What ended attempts have brought about; of a delivery that failed, once its row says so. */
    tell(event: SystemEvent, webhook: Told): void {
      const { type, ...more } = event;
      if (event.type === "delivery.failed") deliveryFailed(event.delivery, event.diagnosis);
      else emit(type, webhook, more);
    },
    /** Call once the delivery's row says so; `diagnosis` is that of an attempt that ended just now. */
    deliveryFailed,
  };

  function deliveryFailed(key: number, diagnosis?: ToldDiagnosis): void {
    if (!selectTarget.get()) return;
    const row = selectDelivery.get({ key });
    if (!row || row.webhook.deletedAt !== null) return;
    emit("delivery.failed", row.webhook, failedData(row.eventId, row.delivery, diagnosis));
  }

  function emit(type: (typeof systemEventTypes)[number], webhook: Told, more: object): void {
    const target = selectTarget.get();
    if (!target || target.webhookKey === webhook.key || webhook.subscriptionId !== null) return;
    const customer = selectCustomer.get({ key: webhook.customerKey });
    const now = clock();
    const id = randomUUID();
    const data = {
      webhook_id: webhook.id,
      webhook_url: webhook.url,
      customer_id: customer?.id,
      external_id: customer?.externalId ?? null,
      ...more,
    };
    const eventKey = insert.event({
      id,
      customerKey: target.customerKey,
      type,
      payload: eventBody({ id, type, createdAt: now, dataJson: JSON.stringify(data) }),
      contentHash: "",
      isTest: false,
      deliveries: 1,
      skipped: [],
      createdAt: now,
    });
    insert.deliveries([{ eventKey, eventType: type, ...target }], now, sequences.take("change", 1));
  }
});
