import { and, eq, sql } from "drizzle-orm";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { customers, deliveries, events } from "../schema/tables";
import { webhookFinder } from "../webhook/webhook-finder";
import { deliveryRows } from "./delivery-rows";

/** Finds a customer's delivery by its webhook and its event; another customer's is as good as none. */
export function deliveryFinder(connection: Connection) {
  const findWebhook = webhookFinder(connection);
  const selectEvent = hotSelect(
    connection,
    connection.db
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
  return (customerId: string, webhookId: string, eventId: string) => {
    const webhookKey = findWebhook(customerId, webhookId)?.key;
    if (webhookKey === undefined) return undefined;
    const event = selectEvent.get({ customerId, eventId });
    return event && selectDelivery.get({ eventKey: event.key, webhookKey });
  };
}
