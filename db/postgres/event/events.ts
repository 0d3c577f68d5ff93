import { and, asc, count, desc, eq, gte, inArray, isNull, lte, min, type SQL, sql } from "drizzle-orm";
import { skippedTrace, toEvent } from "../../rows/event";
import { fittingRows } from "../../rows/page-size";
import type { Event, EventFilter, EventStore, Page, Trace } from "../../store";
import { byBytes } from "../connection/by-bytes";
import type { Connection, Database, Transaction } from "../connection/connection";
import { deliveryRows, readDeliveries } from "../read/delivery-rows";
import { payloadBytes, readPayloads } from "../read/payloads";
import { customers, deliveries, events, webhooks } from "../schema/tables";

/** A page looks at this many events at most; then it ends early. */
const searchRows = 20_000;
/** Events that are counted by their type, at most: a few milliseconds in an index. */
const countedRows = 20_000;

type Verbs = Pick<EventStore, "listEvents" | "getEvent" | "countEventTypes">;

export function eventVerbs({ db, now }: Connection): Verbs {
  return {
    listEvents: (customerId, filter) => listEvents(db, customerId, filter),
    getEvent: async (customerId, eventId) => {
      const [row] = await eventRows(db).where(and(ofCustomer(customerId), eq(events.id, eventId)));
      const [event] = await withPayloads(db, row ? [row] : []);
      if (!row || !event) return null;
      return { event, traces: await listTraces({ db, now: await now() }, row.event) };
    },
    countEventTypes: (customerId, since) => countEventTypes(db, customerId, since),
  };
}

async function listEvents(db: Database, customerId: string, filter: EventFilter): Promise<Page<Event>> {
  const scope = and(
    ofCustomer(customerId),
    filter.since === undefined ? undefined : gte(events.createdAt, filter.since),
    filter.until === undefined ? undefined : lte(events.createdAt, filter.until),
    filter.cursor === undefined ? undefined : isBefore(filter.cursor),
  );
  const floor = await findSearchFloor(db, scope);
  const found = await db
    .select({ key: events.key, eventKey: events.key, day: events.day, createdAt: events.createdAt })
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
    .limit(filter.pageSize + 1);
  // Sizes first: a page of large events would be read many times over before it is cut.
  const lengths = await payloadBytes(db, found);
  const sizes = found.map(({ key }) => ({ bytes: lengths.get(key) ?? 0 }));
  const page = found.slice(0, Math.min(filter.pageSize, fittingRows(sizes)));
  const last = page.length < found.length ? page.at(-1) : floor;
  return { items: await readEvents(db, page), next: last ? `${last.createdAt}.${last.key}` : null };
}

/** Whole, in the same order. */
async function readEvents(db: Database, page: { key: number }[]): Promise<Event[]> {
  if (page.length === 0) return [];
  const keys = page.map(({ key }) => key);
  const rows = await eventRows(db)
    .where(inArray(events.key, keys))
    .orderBy(desc(events.createdAt), desc(events.key));
  return withPayloads(db, rows);
}

/** Those that are still there. */
async function withPayloads(db: Database, rows: Awaited<ReturnType<typeof eventRows>>): Promise<Event[]> {
  const payloads = await readPayloads(
    db,
    rows.map(({ event: { key, day } }) => ({ eventKey: key, day })),
  );
  return rows.flatMap(({ event, customerId }) => {
    const payload = payloads.get(event.key);
    return payload === undefined ? [] : [toEvent({ event: { ...event, payload }, customerId })];
  });
}

/** The oldest event that a page from here may look at; undefined when the customer has no older one. */
async function findSearchFloor(db: Database, scope: SQL | undefined) {
  const [floor] = await db
    .select({ key: events.key, createdAt: events.createdAt })
    .from(events)
    .innerJoin(customers, eq(customers.key, events.customerKey))
    .where(scope)
    .orderBy(desc(events.createdAt), desc(events.key))
    .limit(1)
    .offset(searchRows);
  return floor;
}

/** The deliveries there are, then the webhooks that got none, each with the reason. */
async function listTraces(at: Transaction, event: typeof events.$inferSelect): Promise<Trace[]> {
  const sent = await deliveryRows(at.db)
    .where(eq(deliveries.eventKey, event.key))
    .orderBy(asc(deliveries.webhookKey));
  const read = await readDeliveries(at, sent);
  const delivered = read.map(
    ({ row: { webhook }, delivery }): Trace => ({ webhookId: webhook.id, webhookUrl: webhook.url, delivery }),
  );
  if (event.isTest) return delivered;
  const sentTo = new Set(sent.map((row) => row.webhook.key));
  const others = await at.db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.customerKey, event.customerKey), isNull(webhooks.deletedAt)))
    .orderBy(asc(webhooks.key));
  return [
    ...delivered,
    ...others.filter(({ key }) => !sentTo.has(key)).map((webhook) => skippedTrace(event, webhook)),
  ];
}

async function countEventTypes(db: Database, customerId: string, since: number) {
  const newest = db
    .select({ type: events.type, createdAt: events.createdAt, isTest: events.isTest })
    .from(events)
    .innerJoin(customers, eq(customers.key, events.customerKey))
    .where(and(ofCustomer(customerId), gte(events.createdAt, since)))
    .orderBy(desc(events.createdAt), desc(events.key))
    .limit(countedRows)
    .as("newest");
  const isPublished = sql`filter (where not ${newest.isTest})`;
  const rows = await db
    .select({
      type: newest.type,
      count: sql`count(*) ${isPublished}`.mapWith(Number),
      lastAt: sql`max(${newest.createdAt}) ${isPublished}`.mapWith(Number),
      rows: count(),
      oldestAt: min(newest.createdAt),
    })
    .from(newest)
    .groupBy(newest.type)
    .orderBy(byBytes(newest.type));
  const looked = rows.reduce((sum, row) => sum + row.rows, 0);
  return {
    types: rows.filter((row) => row.count > 0).map(({ type, count, lastAt }) => ({ type, count, lastAt })),
    countedBackTo: looked < countedRows ? null : Math.min(...rows.map(({ oldestAt }) => oldestAt ?? since)),
  };
}

const eventRows = (db: Database) =>
  db
    .select({ event: events, customerId: customers.id })
    .from(events)
    .innerJoin(customers, eq(customers.key, events.customerKey))
    .$dynamic();

const ofCustomer = (customerId: string) => and(eq(customers.id, customerId), isNull(customers.deletedAt));

function isBefore(cursor: string): SQL {
  const [createdAt, key] = cursor.split(".").map(Number) as [number, number];
  return sql`(${events.createdAt}, ${events.key}) < (${createdAt}, ${key})`;
}
