import { and, asc, count, desc, eq, gt, gte, inArray, isNull, lte, min, type SQL, sql } from "drizzle-orm";
import { answerLimits } from "@/domain/limits";
import { type Hit, parseSearch, type SearchQuery } from "@/domain/search/query";
import { skippedTrace, tally, toEvent } from "../../rows/event";
import { fittingRows } from "../../rows/page-size";
import { type Floor, floorOf, readThrough, withHits } from "../../rows/read-through";
import {
  type Covered,
  endOf,
  fromIndexCursor,
  isForPayloads,
  isIndexCursor,
  stepsOf,
  toIndexCursor,
} from "../../rows/value-search";
import type { Event, EventFilter, EventPage, EventStore, Outcomes, Trace } from "../../store";
import { findCustomerKey } from "../access/customer-finder";
import { byBytes } from "../connection/by-bytes";
import type { Connection, Database, Transaction } from "../connection/connection";
import { deliveryRows, readDeliveries } from "../read/delivery-rows";
import { payloadBytes, readPayloads } from "../read/payloads";
import { customers, deliveries, events, webhooks } from "../schema/tables";
import { mayHold, readCovered, searchSource, textPart } from "../search/source";

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

async function listEvents(db: Database, customerId: string, filter: EventFilter): Promise<EventPage> {
  const customerKey = await findCustomerKey(db, customerId);
  if (customerKey === undefined) return { items: [], next: null, searchedBackTo: null, searchedBy: null };
  if (filter.text !== undefined) return search(db, customerKey, filter, parseSearch(filter.text));
  const { page, next } = await look(db, customerKey, filter);
  return { items: await readEvents(db, page), next, searchedBackTo: null, searchedBy: null };
}

async function search(
  db: Database,
  customerKey: number,
  filter: EventFilter,
  query: SearchQuery,
): Promise<EventPage> {
  const isDirect = filter.isDirect || (filter.cursor && !isIndexCursor(filter.cursor));
  const covered = isDirect ? null : await readCovered(db);
  if (!covered) return lookThrough(db, customerKey, filter, query);
  const page = await findInIndex(db, customerKey, filter, query, covered);
  return isForPayloads(page, filter, query) ? lookThrough(db, customerKey, filter, query) : page;
}

async function findInIndex(
  db: Database,
  customerKey: number,
  filter: EventFilter,
  query: SearchQuery,
  covered: Covered,
): Promise<EventPage> {
  const source = searchSource(db, customerKey);
  const before = filter.cursor === undefined ? undefined : fromIndexCursor(filter.cursor).event;
  const rows: Placed[] = [];
  const hits = new Map<number, Hit | null>();
  let lookedFrom = before ?? covered.newest + 1;
  for await (const step of stepsOf(source, query, covered, before)) {
    lookedFrom = step.lookedFrom;
    for (const { key, hit } of step.found) hits.set(key, hit);
    const keys = step.found.map(({ key }) => key);
    if (keys.length > 0) {
      const found = await placedEvents(db)
        .where(and(inArray(events.key, keys), ...conditionsOf(filter)))
        .orderBy(desc(events.key));
      rows.push(...found);
    }
    if (rows.length > filter.pageSize) break;
  }
  const page = rows.slice(0, Math.min(filter.pageSize, fittingRows(await withBytes(db, rows))));
  const last = page.length < rows.length ? page.at(-1) : undefined;
  const end = last
    ? { next: toIndexCursor({ event: last.key, delivery: 0 }), searchedBackTo: null }
    : await endOf(source, covered, lookedFrom);
  const read = await readEvents(db, page, desc(events.key));
  const byId = new Map(page.map(({ key, id }) => [id, hits.get(key)]));
  return { items: read.map((item) => ({ ...item, hit: byId.get(item.id) })), ...end, searchedBy: "index" };
}

/** Payload by payload, part by part. */
function lookThrough(
  db: Database,
  customerKey: number,
  filter: EventFilter,
  query: SearchQuery,
): Promise<EventPage> {
  return readThrough(
    filter,
    async (part, maxBytes) => {
      const { page, ...looked } = await look(db, customerKey, { ...filter, ...part }, query, maxBytes);
      const items = withHits(await readEvents(db, page), query, ({ payload }) => payload);
      return { ...looked, items, bytes: page.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
    async () => {}, // each wait for the database is a turn of others
  );
}

/** A page, or a part of one: what fits of the events that are looked at at once. */
async function look(
  db: Database,
  customerKey: number,
  filter: EventFilter,
  query?: SearchQuery,
  maxBytes: number = answerLimits.pageBytes,
) {
  const scope = and(
    eq(events.customerKey, customerKey),
    filter.since === undefined ? undefined : gte(events.createdAt, filter.since),
    filter.until === undefined ? undefined : lte(events.createdAt, filter.until),
    filter.cursor === undefined ? undefined : isBefore(filter.cursor),
  );
  const { floor, looked } = query
    ? await textSearch(db, scope)
    : { floor: await findSearchFloor(db, scope), looked: [] };
  const rows = await placedEvents(db)
    .where(
      and(
        scope,
        floor ? sql`(${events.createdAt}, ${events.key}) >= (${floor.createdAt}, ${floor.key})` : undefined,
        ...conditionsOf(filter),
        query && mayHold(query, sql`${events.day}`, sql`${events.key}`, looked),
      ),
    )
    .orderBy(desc(events.createdAt), desc(events.key))
    .limit(filter.pageSize + 1);
  // Sizes first: a page of large events would be read many times over before it is cut.
  const sized = await withBytes(db, rows);
  const page = sized.slice(0, Math.min(filter.pageSize, fittingRows(sized, maxBytes)));
  const hasMore = page.length < rows.length;
  const last = hasMore ? page.at(-1) : floor;
  return {
    page,
    isCut: page.length < Math.min(rows.length, filter.pageSize),
    looked: { rows: floor?.rows ?? 0, bytes: floor?.bytes ?? 0 },
    next: last ? `${last.createdAt}.${last.key}` : null,
    searchedBackTo: !hasMore && floor ? floor.createdAt : null,
  };
}

const placedEvents = (db: Database) =>
  db
    .select({
      key: events.key,
      eventKey: events.key,
      id: events.id,
      day: events.day,
      createdAt: events.createdAt,
    })
    .from(events)
    .$dynamic();

type Placed = Awaited<ReturnType<typeof placedEvents>>[number];

async function withBytes(db: Database, rows: Placed[]): Promise<(Placed & { bytes: number })[]> {
  const lengths = await payloadBytes(db, rows);
  return rows.map((row) => ({ ...row, bytes: lengths.get(row.key) ?? 0 }));
}

/** Whole, in the same order. */
async function readEvents(
  db: Database,
  page: { key: number }[],
  ...order: SQL[]
): Promise<EventPage["items"]> {
  if (page.length === 0) return [];
  const keys = page.map(({ key }) => key);
  const outcomes = await readOutcomes(db, keys);
  const rows = await eventRows(db)
    .where(inArray(events.key, keys))
    .orderBy(...(order.length > 0 ? order : [desc(events.createdAt), desc(events.key)]));
  const byId = new Map(rows.map(({ event }) => [event.id, outcomes.get(event.key)]));
  const whole = await withPayloads(db, rows);
  return whole.map((event) => ({ ...event, outcomes: byId.get(event.id) ?? {} }));
}

async function readOutcomes(db: Database, keys: number[]): Promise<Map<number, Outcomes>> {
  const rows = await db
    .select({ eventKey: deliveries.eventKey, status: deliveries.status })
    .from(deliveries)
    .where(inArray(deliveries.eventKey, keys));
  return tally(rows);
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

/** The oldest event that a page from here may look at; null when the customer has no older one. */
async function findSearchFloor(db: Database, scope: SQL | undefined): Promise<Floor | null> {
  const [floor] = await db
    .select({ key: events.key, createdAt: events.createdAt })
    .from(events)
    .where(scope)
    .orderBy(desc(events.createdAt), desc(events.key))
    .limit(1)
    .offset(searchRows);
  return floor ? { ...floor, rows: searchRows, bytes: 0 } : null;
}

/** The events whose payloads are looked through. */
async function textSearch(db: Database, scope: SQL | undefined) {
  const rows = await placedEvents(db)
    .where(scope)
    .orderBy(desc(events.createdAt), desc(events.key))
    .limit(textPart.rows + 1);
  const floor = floorOf(await withBytes(db, rows), textPart.rows, textPart.bytes);
  return { floor, looked: floor ? rows.slice(0, floor.rows) : rows };
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

/** What narrows the list. */
function conditionsOf({ since, until, types, hasMatched }: EventFilter): SQL[] {
  return [
    eq(events.isTest, false),
    since === undefined ? undefined : gte(events.createdAt, since),
    until === undefined ? undefined : lte(events.createdAt, until),
    types === undefined ? undefined : inArray(events.type, types),
    hasMatched === undefined ? undefined : hasMatched ? gt(events.deliveries, 0) : eq(events.deliveries, 0),
  ].filter((condition) => condition !== undefined);
}

function isBefore(cursor: string): SQL {
  const [createdAt, key] = cursor.split(".").map(Number) as [number, number];
  return sql`(${events.createdAt}, ${events.key}) < (${createdAt}, ${key})`;
}
