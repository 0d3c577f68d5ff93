import { and, eq, isNull, or } from "drizzle-orm";
import type { Find, PlatformStore } from "../../store";
import { isVisible, toCustomer } from "../access/customers";
import type { Connection } from "../connection/connection";
import { customers, events, webhooks } from "../schema/tables";

/** Of each kind: an event's id is unique within its customer only. */
const maxFinds = 20;

export function findAnywhereVerbs({ db }: Connection): Pick<PlatformStore, "findAnywhere"> {
  return { findAnywhere: async (id) => [...findCustomers(id), ...findWebhooks(id), ...findEvents(id)] };

  function findCustomers(id: string): Find[] {
    const named = or(eq(customers.id, id), eq(customers.externalId, id));
    const rows = db.select().from(customers).where(and(named, isVisible)).all();
    return rows.map((customer) => ({ kind: "customer", customer: toCustomer(customer) }));
  }

  function findWebhooks(id: string): Find[] {
    const rows = db
      .select({ customer: customers, webhookId: webhooks.id, webhookUrl: webhooks.url })
      .from(webhooks)
      .innerJoin(customers, eq(customers.key, webhooks.customerKey))
      .where(and(eq(webhooks.id, id), isNull(webhooks.deletedAt), isVisible))
      .all();
    return rows.map(({ customer, ...webhook }) => ({
      kind: "webhook",
      customer: toCustomer(customer),
      ...webhook,
    }));
  }

  /** A look for each customer, in the index that publishing has: one of events alone would cost every event a write. */
  function findEvents(id: string): Find[] {
    const rows = db
      .select({
        customer: customers,
        eventId: events.id,
        eventType: events.type,
        createdAt: events.createdAt,
      })
      .from(customers)
      .crossJoin(events)
      .where(and(isVisible, eq(events.customerKey, customers.key), eq(events.id, id)))
      .limit(maxFinds)
      .all();
    return rows.map(({ customer, ...event }) => ({
      kind: "event",
      customer: toCustomer(customer),
      ...event,
    }));
  }
}
