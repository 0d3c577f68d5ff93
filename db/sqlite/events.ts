import { and, count, desc, eq, gte, isNull, lt, lte, max, or } from "drizzle-orm";
import type { Event, EventFilter, EventStore, Page, Trace } from "../store";
import type { Connection } from "./connection";
import { deliveryRows, toDelivery } from "./delivery-rows";
import { customers, deliveries, events, webhooks } from "./schema";

type Verbs = Pick<EventStore, "listEvents" | "getEvent" | "countEventTypes">;

export function eventVerbs(connection: Connection): Verbs {
  const { db, clock } = connection;

  const eventRows = () =>
    db
      .select({ event: events, customerId: customers.id })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey));
  const ofCustomer = (customerId: string) => and(eq(customers.id, customerId), isNull(customers.deletedAt));

  return { listEvents, getEvent, countEventTypes };

  async function listEvents(customerId: string, filter: EventFilter): Promise<Page<Event>> {
    const rows = eventRows()
      .where(
        and(
          ofCustomer(customerId),
          eq(events.isTest, false),
          filter.type === undefined ? undefined : eq(events.type, filter.type),
          filter.since === undefined ? undefined : gte(events.createdAt, filter.since),
          filter.until === undefined ? undefined : lte(events.createdAt, filter.until),
          beforeCursor(filter.cursor),
        ),
      )
      .orderBy(desc(events.createdAt), desc(events.key))
      .limit(filter.pageSize + 1)
      .all();
    const page = rows.slice(0, filter.pageSize);
    const last = page.at(-1)?.event;
    return {
      items: page.map(toEvent),
      next: rows.length > filter.pageSize && last ? `${last.createdAt}.${last.key}` : null,
    };
  }

  async function getEvent(customerId: string, eventId: string) {
    const row = eventRows()
      .where(and(ofCustomer(customerId), eq(events.id, eventId)))
      .get();
    return row ? { event: toEvent(row), traces: traces(row.event) } : null;
  }

  /** The deliveries there are, then the webhooks that got none, each with the reason. */
  function traces(event: typeof events.$inferSelect): Trace[] {
    const sent = deliveryRows(connection).where(eq(deliveries.eventKey, event.key)).all();
    const delivered: Trace[] = sent.map((row) => ({
      webhookId: row.webhook.id,
      webhookUrl: row.webhook.url,
      delivery: toDelivery(row, clock()),
    }));
    if (event.isTest) return delivered;
    const reasons = new Map(event.skipped);
    const sentTo = new Set(sent.map((row) => row.webhook.key));
    const others = db
      .select()
      .from(webhooks)
      .where(and(eq(webhooks.customerKey, event.customerKey), isNull(webhooks.deletedAt)))
      .all()
      .filter((webhook) => !sentTo.has(webhook.key));
    return [
      ...delivered,
      ...others.map(
        (webhook): Trace => ({
          webhookId: webhook.id,
          webhookUrl: webhook.url,
          delivery: null,
          reason: reasons.get(webhook.key) ?? "created_later",
        }),
      ),
    ];
  }

  async function countEventTypes(customerId: string, since: number) {
    const rows = db
      .select({ type: events.type, count: count(), lastAt: max(events.createdAt) })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey))
      .where(and(ofCustomer(customerId), eq(events.isTest, false), gte(events.createdAt, since)))
      .groupBy(events.type)
      .all();
    return rows.map((row) => ({ ...row, lastAt: row.lastAt ?? 0 }));
  }
}

function beforeCursor(cursor: string | undefined) {
  if (cursor === undefined) return undefined;
  const [createdAt, key] = cursor.split(".").map(Number);
  if (!Number.isSafeInteger(createdAt) || !Number.isSafeInteger(key)) return undefined;
  return or(
    lt(events.createdAt, createdAt as number),
    and(eq(events.createdAt, createdAt as number), lt(events.key, key as number)),
  );
}

function toEvent({ event, customerId }: { event: typeof events.$inferSelect; customerId: string }): Event {
  const { id, type, createdAt, payload, deliveries: made, isTest } = event;
  return { id, customerId, type, createdAt, payload, deliveries: made, isTest };
}
