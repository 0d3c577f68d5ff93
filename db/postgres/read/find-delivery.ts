import { and, eq } from "drizzle-orm";
import type { Database } from "../connection/connection";
import { customers, deliveries, events } from "../schema/tables";
import { findWebhook } from "../webhook/webhook-finder";
import { deliveryRows } from "./delivery-rows";

/** Finds a customer's delivery by its webhook and its event; another customer's is as good as none. */
export async function findDelivery(db: Database, customerId: string, webhookId: string, eventId: string) {
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
