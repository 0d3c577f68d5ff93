import { and, eq, isNull, or, sql } from "drizzle-orm";
import type { Find, PlatformStore } from "../../store";
import { isVisible, toCustomer } from "../access/customers";
import type { Connection, Database } from "../connection/connection";
import { customers, events, webhooks } from "../schema/tables";

/** Of each kind: an event's id is unique within its customer only. */
const maxFinds = 20;

export function findAnywhereVerbs({ db }: Connection): Pick<PlatformStore, "findAnywhere"> {
  return {
    findAnywhere: async (id) => [
      ...(await findCustomers(db, id)),
      ...(await findWebhooks(db, id)),
      ...(await findEvents(db, id)),
    ],
  };
}

async function findCustomers(db: Database, id: string): Promise<Find[]> {
  const named = or(eq(customers.id, id), eq(customers.externalId, id));
  const rows = await db.select().from(customers).where(and(named, isVisible));
  return rows.map((customer) => ({ kind: "customer", customer: toCustomer(customer) }));
}

async function findWebhooks(db: Database, id: string): Promise<Find[]> {
  const rows = await db
    .select({ customer: customers, webhookId: webhooks.id, webhookUrl: webhooks.url })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .where(and(eq(webhooks.id, id), isNull(webhooks.deletedAt), isVisible));
  return rows.map(({ customer, ...webhook }) => ({
    kind: "webhook",
    customer: toCustomer(customer),
    ...webhook,
  }));
}

/**
 * A look for each customer, in the index that publishing has: one of events alone would cost every event a write. Lateral
 * with a limit, so that the planner can go no other way.
 */
async function findEvents(db: Database, id: string): Promise<Find[]> {
  const found = db
    .select({ eventId: events.id, eventType: events.type, eventAt: events.createdAt })
    .from(events)
    .where(and(eq(events.customerKey, customers.key), eq(events.id, id)))
    .limit(1)
    .as("found");
  const rows = await db
    .select({
      customer: customers,
      eventId: found.eventId,
      eventType: found.eventType,
      createdAt: found.eventAt,
    })
    .from(customers)
    .innerJoinLateral(found, sql`true`)
    .where(isVisible)
    .orderBy(customers.key)
    .limit(maxFinds);
  return rows.map(({ customer, ...event }) => ({ kind: "event", customer: toCustomer(customer), ...event }));
}
