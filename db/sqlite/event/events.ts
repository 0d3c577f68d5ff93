import { and, count, desc, eq, gte, inArray, isNull, lte, min, type SQL, sql } from "drizzle-orm";
import { skippedTrace, toEvent } from "../../rows/event";
import { fittingRows } from "../../rows/page-size";
import type { Event, EventFilter, EventStore, Page, Trace } from "../../store";
import type { Connection } from "../connection/connection";
import { deliveryReader, deliveryRows } from "../read/delivery-rows";
import { customers, deliveries, events, webhooks } from "../schema/tables";

/** A page looks at this many events at most; then it ends early. */
const searchRows = 20_000;
/** Events that are counted by their type, at most: a few milliseconds in an index. */
const countedRows = 20_000;

type Verbs = Pick<EventStore, "listEvents" | "getEvent" | "countEventTypes">;

export function eventVerbs(connection: Connection): Verbs {
  const { db } = connection;
  const readDeliveries = deliveryReader(connection);

  const eventRows = () =>
    db
      .select({ event: events, customerId: customers.id })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey));
  const ofCustomer = (customerId: string) => and(eq(customers.id, customerId), isNull(customers.deletedAt));

  return { listEvents, getEvent, countEventTypes };

  async function listEvents(customerId: string, filter: EventFilter): Promise<Page<Event>> {
    const scope = and(
      ofCustomer(customerId),
      filter.since === undefined ? undefined : gte(events.createdAt, filter.since),
      filter.until === undefined ? undefined : lte(events.createdAt, filter.until),
      filter.cursor === undefined ? undefined : isBefore(filter.cursor),
    );
    const floor = searchFloor(scope);
    // Sizes first: a page of large events would be read many times over before it is cut.
    const found = db
      .select({
        key: events.key,
        createdAt: events.createdAt,
        bytes: sql<number>`octet_length(${events.payload})`,
      })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey))
      .where(
        and(
          scope,
          floor && sql`(${events.createdAt}, ${events.key}) >= (${floor.createdAt}, ${floor.key})`,
          eq(events.isTest, false),
          filter.type === undefined ? undefined : eq(events.type, filter.type),
        ),
      )
      .orderBy(desc(events.createdAt), desc(events.key))
      .limit(filter.pageSize + 1)
      .all();
    const page = found.slice(0, Math.min(filter.pageSize, fittingRows(found)));
    const last = page.length < found.length ? page.at(-1) : floor;
    return { items: readEvents(page), next: last ? `${last.createdAt}.${last.key}` : null };
  }

  /** Whole, in the same order. */
  function readEvents(page: { key: number }[]): Event[] {
    if (page.length === 0) return [];
    const keys = page.map(({ key }) => key);
    return eventRows()
      .where(inArray(events.key, keys))
      .orderBy(desc(events.createdAt), desc(events.key))
      .all()
      .map(toEvent);
  }

  /** The oldest event that a page from here may look at; undefined when the customer has no older one. */
  function searchFloor(scope: SQL | undefined) {
    return db
      .select({ key: events.key, createdAt: events.createdAt })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey))
      .where(scope)
      .orderBy(desc(events.createdAt), desc(events.key))
      .limit(1)
      .offset(searchRows)
      .get();
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
    const delivered = readDeliveries(sent).map(
      ({ row: { webhook }, delivery }): Trace => ({
        webhookId: webhook.id,
        webhookUrl: webhook.url,
        delivery,
      }),
    );
    if (event.isTest) return delivered;
    const sentTo = new Set(sent.map((row) => row.webhook.key));
    const others = db
      .select()
      .from(webhooks)
      .where(and(eq(webhooks.customerKey, event.customerKey), isNull(webhooks.deletedAt)))
      .all()
      .filter((webhook) => !sentTo.has(webhook.key));
    return [...delivered, ...others.map((webhook) => skippedTrace(event, webhook))];
  }

  async function countEventTypes(customerId: string, since: number) {
    const newest = db
      .select({ type: events.type, createdAt: events.createdAt, isTest: events.isTest })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey))
      .where(and(ofCustomer(customerId), gte(events.createdAt, since)))
      .orderBy(desc(events.createdAt), desc(events.key))
      .limit(countedRows)
      .as("newest");
    const rows = db
      .select({
        type: newest.type,
        count: sql<number>`sum(${newest.isTest} = 0)`,
        lastAt: sql<number>`max(${newest.createdAt}) filter (where ${newest.isTest} = 0)`,
        rows: count(),
        oldestAt: min(newest.createdAt),
      })
      .from(newest)
      .groupBy(newest.type)
      .all();
    const looked = rows.reduce((sum, row) => sum + row.rows, 0);
    return {
      types: rows.filter((row) => row.count > 0).map(({ type, count, lastAt }) => ({ type, count, lastAt })),
      countedBackTo: looked < countedRows ? null : Math.min(...rows.map(({ oldestAt }) => oldestAt ?? since)),
    };
  }
}

function isBefore(cursor: string): SQL {
  const [createdAt, key] = cursor.split(".").map(Number) as [number, number];
  return sql`(${events.createdAt}, ${events.key}) < (${createdAt}, ${key})`;
}
