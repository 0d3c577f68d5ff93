import { setImmediate as turn } from "node:timers/promises";
import { and, count, desc, eq, gt, gte, inArray, isNull, lte, min, type SQL, sql } from "drizzle-orm";
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
import type { EventFilter, EventPage, EventStore, Outcomes, Trace } from "../../store";
import { customerFinder } from "../access/customer-finder";
import type { Connection } from "../connection/connection";
import { deliveryReader, deliveryRows } from "../read/delivery-rows";
import { customers, deliveries, events, webhooks } from "../schema/tables";
import { mayHold, searchSources, textPart } from "../search/source";

/** A page looks at this many events at most; then it ends early. */
const searchRows = 20_000;
/** Events that are counted by their type, at most: a few milliseconds in an index. */
const countedRows = 20_000;

type Sized = { key: number; createdAt: number; bytes: number };

type Verbs = Pick<EventStore, "listEvents" | "getEvent" | "countEventTypes">;

export function eventVerbs(connection: Connection): Verbs {
  const { db } = connection;
  const findCustomer = customerFinder(connection);
  const readDeliveries = deliveryReader(connection);
  const sources = searchSources(connection);

  const eventRows = () =>
    db
      .select({ event: events, customerId: customers.id })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey));
  const ofCustomer = (customerId: string) => and(eq(customers.id, customerId), isNull(customers.deletedAt));

  return { listEvents, getEvent, countEventTypes };

  async function listEvents(customerId: string, filter: EventFilter): Promise<EventPage> {
    const customerKey = findCustomer(customerId);
    if (customerKey === undefined) return { items: [], next: null, searchedBackTo: null, searchedBy: null };
    if (filter.text === undefined) {
      const { page, next } = look(customerKey, filter);
      return { items: readEvents(page), next, searchedBackTo: null, searchedBy: null };
    }
    const query = parseSearch(filter.text);
    const covered =
      filter.isDirect || (filter.cursor && !isIndexCursor(filter.cursor)) ? null : sources.covered();
    if (!covered) return lookThrough(customerKey, filter, query);
    const page = await findInIndex(customerKey, filter, query, covered);
    return isForPayloads(page, filter, query) ? lookThrough(customerKey, filter, query) : page;
  }

  async function findInIndex(
    customerKey: number,
    filter: EventFilter,
    query: SearchQuery,
    covered: Covered,
  ): Promise<EventPage> {
    const source = sources.of(customerKey);
    const before = filter.cursor === undefined ? undefined : fromIndexCursor(filter.cursor).event;
    const rows: Sized[] = [];
    const hits = new Map<number, Hit | null>();
    let lookedFrom = before ?? covered.newest + 1;
    for await (const step of stepsOf(source, query, covered, before)) {
      lookedFrom = step.lookedFrom;
      for (const { key, hit } of step.found) hits.set(key, hit);
      const keys = step.found.map(({ key }) => key);
      if (keys.length > 0) {
        const found = sizedEvents()
          .where(and(inArray(events.key, keys), ...conditionsOf(filter)))
          .orderBy(desc(events.key))
          .all();
        rows.push(...found);
      }
      if (rows.length > filter.pageSize) break;
      await turn();
    }
    const page = rows.slice(0, Math.min(filter.pageSize, fittingRows(rows)));
    const last = page.length < rows.length ? page.at(-1) : undefined;
    const end = last
      ? { next: toIndexCursor({ event: last.key, delivery: 0 }), searchedBackTo: null }
      : await endOf(source, covered, lookedFrom);
    return { items: readEvents(page, hits, desc(events.key)), ...end, searchedBy: "index" };
  }

  function lookThrough(customerKey: number, filter: EventFilter, query: SearchQuery): Promise<EventPage> {
    return readThrough(
      filter,
      (part, maxBytes) => {
        const { page, ...looked } = look(customerKey, { ...filter, ...part }, query, maxBytes);
        const items = withHits(readEvents(page), query, ({ payload }) => payload);
        return { ...looked, items, bytes: page.reduce((sum, { bytes }) => sum + bytes, 0) };
      },
      turn,
    );
  }

  /** A page, or a part of one: what fits of the events that are looked at at once. */
  function look(
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
    const floor = query ? textSearchFloor(scope) : searchFloor(scope);
    // Sizes first: a page of large events would be read many times over before it is cut.
    const rows = sizedEvents()
      .where(
        and(
          scope,
          floor ? sql`(${events.createdAt}, ${events.key}) >= (${floor.createdAt}, ${floor.key})` : undefined,
          ...conditionsOf(filter),
          query && mayHold(query),
        ),
      )
      .orderBy(desc(events.createdAt), desc(events.key))
      .limit(filter.pageSize + 1)
      .all();
    const page = rows.slice(0, Math.min(filter.pageSize, fittingRows(rows, maxBytes)));
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

  function sizedEvents() {
    return db
      .select({
        key: events.key,
        createdAt: events.createdAt,
        bytes: sql<number>`octet_length(${events.payload})`,
      })
      .from(events)
      .$dynamic();
  }

  /** Whole, in the same order. */
  function readEvents(
    page: { key: number }[],
    hits?: ReadonlyMap<number, Hit | null>,
    ...order: SQL[]
  ): EventPage["items"] {
    if (page.length === 0) return [];
    const keys = page.map(({ key }) => key);
    const outcomes = outcomesOf(keys);
    return eventRows()
      .where(inArray(events.key, keys))
      .orderBy(...(order.length > 0 ? order : [desc(events.createdAt), desc(events.key)]))
      .all()
      .map((row) => ({
        ...toEvent(row),
        outcomes: outcomes.get(row.event.key) ?? {},
        ...(hits && { hit: hits.get(row.event.key) }),
      }));
  }

  function outcomesOf(keys: number[]): Map<number, Outcomes> {
    const rows = db
      .select({ eventKey: deliveries.eventKey, status: deliveries.status })
      .from(deliveries)
      .where(inArray(deliveries.eventKey, keys))
      .all();
    return tally(rows);
  }

  /** The oldest event that a page from here may look at; null when the customer has no older one. */
  function searchFloor(scope: SQL | undefined): Floor | null {
    const floor = db
      .select({ key: events.key, createdAt: events.createdAt })
      .from(events)
      .where(scope)
      // Of events of one millisecond any will do, and the index is then walked as it is.
      .orderBy(desc(events.createdAt))
      .limit(1)
      .offset(searchRows)
      .get();
    return floor ? { ...floor, rows: searchRows, bytes: 0 } : null;
  }

  function textSearchFloor(scope: SQL | undefined): Floor | null {
    const rows = sizedEvents()
      .where(scope)
      .orderBy(desc(events.createdAt), desc(events.key))
      .limit(textPart.rows + 1)
      .all();
    return floorOf(rows, textPart.rows, textPart.bytes);
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
