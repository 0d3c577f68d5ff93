import { setImmediate as turn } from "node:timers/promises";
import { and, desc, eq, gt, gte, inArray, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import { answerLimits } from "@/domain/limits";
import { type Hit, parseSearch, type SearchQuery } from "@/domain/search/query";
import { fittingRows } from "../../rows/page-size";
import { type Floor, floorOf, readThrough, withHits } from "../../rows/read-through";
import { outcomeOf } from "../../rows/recovery";
import {
  type Covered,
  endOf,
  fromIndexCursor,
  isForPayloads,
  isIndexCursor,
  stepsOf,
  toIndexCursor,
} from "../../rows/value-search";
import type { DeliveryFilter, DeliveryPage, DeliveryStore } from "../../store";
import { customerFinder } from "../access/customer-finder";
import type { Connection } from "../connection/connection";
import { deliveries, events, recoveries, webhooks } from "../schema/tables";
import { mayHold, searchSources, textPart } from "../search/source";
import { webhookFinder } from "../webhook/webhook-finder";
import { contentBytes, contentReader } from "./delivery-content";
import { deliveryReader, deliveryRows } from "./delivery-rows";
import { wasAttempted } from "./was-attempted";

/** A page looks at this many rows at most, and then says how far it came. */
const searchRows = 20_000;
type Scope = { customerKey: number; isIn: SQL };
type Row = ReturnType<ReturnType<typeof deliveryRows>["all"]>[number];

export function deliveryListVerbs(connection: Connection): Pick<DeliveryStore, "listDeliveries"> {
  const { db } = connection;
  const findWebhook = webhookFinder(connection);
  const findCustomer = customerFinder(connection);
  const readContent = contentReader(connection);
  const readDeliveries = deliveryReader(connection);
  const sources = searchSources(connection);

  return { listDeliveries };

  async function listDeliveries(customerId: string, filter: DeliveryFilter): Promise<DeliveryPage | null> {
    const scope = scopeOf(customerId, filter);
    if (!scope) return null;
    if (filter.text === undefined) {
      const { items, next, searchedBackTo } = look(scope, filter);
      return { items, next, searchedBackTo, searchedBy: null };
    }
    const query = parseSearch(filter.text);
    const covered =
      filter.isDirect || (filter.cursor && !isIndexCursor(filter.cursor)) ? null : sources.covered();
    if (!covered) return lookThrough(scope, filter, query);
    const page = await findInIndex(scope, filter, query, covered);
    return isForPayloads(page, filter, query) ? lookThrough(scope, filter, query) : page;
  }

  /** Deliveries of the events that hold the value, the newest event's first. */
  async function findInIndex(
    scope: Scope,
    filter: DeliveryFilter,
    query: SearchQuery,
    covered: Covered,
  ): Promise<DeliveryPage> {
    const source = sources.of(scope.customerKey);
    const place = filter.cursor === undefined ? undefined : fromIndexCursor(filter.cursor);
    const isAfter =
      place && sql`(${deliveries.eventKey}, ${deliveries.key}) < (${place.event}, ${place.delivery})`;
    const rows: Row[] = [];
    const hits = new Map<number, Hit | null>();
    let lookedFrom = place?.event ?? covered.newest + 1;
    for await (const step of stepsOf(source, query, covered, place && place.event + 1)) {
      lookedFrom = step.lookedFrom;
      for (const { key, hit } of step.found) hits.set(key, hit);
      if (step.found.length > 0) {
        const keys = step.found.map(({ key }) => key);
        const found = deliveryRows(connection)
          // The plus keeps SQLite to the events: of a customer or webhook there are many more.
          .where(
            and(inArray(deliveries.eventKey, keys), sql`+(${scope.isIn})`, isAfter, ...conditionsOf(filter)),
          )
          .orderBy(desc(deliveries.eventKey), desc(deliveries.key))
          .limit(filter.pageSize + 1 - rows.length)
          .all();
        rows.push(...found);
      }
      if (rows.length > filter.pageSize) break;
      await turn();
    }
    const { page, items } = read(rows, filter, answerLimits.pageBytes);
    const last = page.length < rows.length ? page.at(-1)?.delivery : undefined;
    const end = last
      ? { next: toIndexCursor({ event: last.eventKey, delivery: last.key }), searchedBackTo: null }
      : await endOf(source, covered, lookedFrom);
    return {
      items: items.map((item, index) => ({ ...item, hit: hits.get(page[index]?.delivery.eventKey ?? 0) })),
      ...end,
      searchedBy: "index",
    };
  }

  function lookThrough(scope: Scope, filter: DeliveryFilter, query: SearchQuery): Promise<DeliveryPage> {
    return readThrough(
      filter,
      (part, maxBytes) => {
        const found = look(scope, { ...filter, ...part }, maxBytes, query);
        const payloads = payloadsOf(found.page);
        const items = withHits(found.items, query, (_, index) =>
          payloads.get(found.page[index]?.delivery.eventKey ?? 0),
        );
        return { ...found, items };
      },
      turn,
    );
  }

  /** A page, or a part of one: what fits of the rows that are looked at at once. */
  function look(
    scope: Scope,
    filter: DeliveryFilter,
    maxBytes: number = answerLimits.pageBytes,
    query?: SearchQuery,
  ) {
    const before = and(
      scope.isIn,
      filter.cursor === undefined ? undefined : lt(deliveries.key, Number(filter.cursor)),
    );
    const conditions = [...conditionsOf(filter), ...(query ? [mayHold(query)] : [])];
    const floor = conditions.length > 0 ? searchFloor(before, query) : null;
    const rows = deliveryRows(connection)
      .where(and(before, floor ? isFrom(floor.key) : undefined, ...conditions))
      .orderBy(desc(deliveries.key))
      .limit(filter.pageSize + 1)
      .all();
    const { page, items, bytes } = read(rows, filter, maxBytes);
    const hasMore = page.length < rows.length;
    return {
      page,
      items,
      bytes,
      looked: { rows: floor?.rows ?? 0, bytes: floor?.bytes ?? 0 },
      isCut: page.length < Math.min(rows.length, filter.pageSize),
      next: hasMore ? String(page.at(-1)?.delivery.key) : floor ? String(floor.key) : null,
      searchedBackTo: !hasMore && floor ? floor.createdAt : null,
    };
  }

  /** What fits of some rows into a page. */
  function read(rows: Row[], filter: DeliveryFilter, maxBytes: number) {
    const sizes = filter.content ? sizesOf(rows) : [];
    const fitting = filter.content ? fittingRows(sizes, maxBytes) : rows.length;
    const page = rows.slice(0, Math.min(filter.pageSize, fitting));
    const contents = filter.content ? readContent(page.map((row) => row.delivery.key)) : undefined;
    return {
      page,
      items: readDeliveries(page).map(({ row, delivery }) => ({
        ...delivery,
        content: contents?.get(row.delivery.key),
      })),
      bytes: sizes.slice(0, page.length).reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  function payloadsOf(page: Row[]): Map<number, string> {
    if (page.length === 0) return new Map();
    const keys = [...new Set(page.map(({ delivery }) => delivery.eventKey))];
    const rows = db
      .select({ key: events.key, payload: events.payload })
      .from(events)
      .where(inArray(events.key, keys))
      .all();
    return new Map(rows.map(({ key, payload }) => [key, payload]));
  }

  /** The rows to look at, in an order that an index gives. */
  function scopeOf(customerId: string, { webhookId, recoveryId }: DeliveryFilter): Scope | undefined {
    const customerKey = findCustomer(customerId);
    const webhook = webhookId === undefined ? undefined : findWebhook(customerId, webhookId);
    if (customerKey === undefined || (webhookId !== undefined && !webhook)) return undefined;
    if (recoveryId !== undefined) {
      const isOfWebhook = webhook ? sql`+${deliveries.webhookKey} = ${webhook.key}` : sql`true`;
      return { customerKey, isIn: sql`${madeDueBy(customerKey, recoveryId)} and ${isOfWebhook}` };
    }
    return {
      customerKey,
      isIn: webhook ? eq(deliveries.webhookKey, webhook.key) : eq(deliveries.customerKey, customerKey),
    };
  }

  /** None when the recovery is unknown. */
  function madeDueBy(customerKey: number, recoveryId: string): SQL {
    const recovery = db
      .select({ key: recoveries.key })
      .from(recoveries)
      .where(and(eq(recoveries.id, recoveryId), eq(recoveries.customerKey, customerKey)))
      .get();
    return eq(deliveries.recoveryKey, recovery?.key ?? 0);
  }

  /** The oldest row that a search from here may look at; null when the table ends before that. */
  function searchFloor(before: SQL | undefined, query: SearchQuery | undefined): Floor | null {
    if (query) return textSearchFloor(before);
    const floor = db
      .select({ key: deliveries.key, createdAt: deliveries.createdAt })
      .from(deliveries)
      .where(before)
      .orderBy(desc(deliveries.key))
      .limit(1)
      .offset(searchRows)
      .get();
    return floor ? { ...floor, rows: searchRows, bytes: 0 } : null;
  }

  /** Payloads are counted by their length, which is known without reading them. */
  function textSearchFloor(before: SQL | undefined): Floor | null {
    const rows = db
      .select({
        key: deliveries.key,
        createdAt: deliveries.createdAt,
        bytes: sql<number>`octet_length(${events.payload})`,
      })
      .from(deliveries)
      .innerJoin(events, eq(events.key, deliveries.eventKey))
      .where(before)
      .orderBy(desc(deliveries.key))
      .limit(textPart.rows + 1)
      .all();
    return floorOf(rows, textPart.rows, textPart.bytes);
  }

  function sizesOf(rows: { delivery: { key: number } }[]): { bytes: number }[] {
    const keys = rows.map((row) => row.delivery.key);
    return db
      .select({ bytes: contentBytes })
      .from(deliveries)
      .innerJoin(events, eq(events.key, deliveries.eventKey))
      .where(inArray(deliveries.key, keys))
      .orderBy(desc(deliveries.key))
      .all();
  }
}

/** Likely, so that with statistics too SQLite walks an index of the customer or webhook, not all customers' rows. */
const isFrom = (key: number) => sql`likelihood(${deliveries.key} >= ${key}, 0.95)`;

/** What narrows the list; deliveries of deleted webhooks are never in it. */
function conditionsOf(filter: DeliveryFilter): SQL[] {
  const { webhookId, status, eventType, codeClass, statusCode, since, until, attempted, outcome } = filter;
  return [
    webhookId === undefined ? isNull(webhooks.deletedAt) : undefined,
    status === undefined ? undefined : eq(deliveries.status, status),
    eventType === undefined ? undefined : eq(deliveries.eventType, eventType),
    codeClass === undefined ? undefined : codeClassIs(codeClass),
    statusCode === undefined ? undefined : eq(deliveries.statusCode, statusCode),
    outcome === undefined ? undefined : eq(outcomeOf(deliveries), outcome),
    since === undefined ? undefined : gte(deliveries.createdAt, since),
    until === undefined ? undefined : lte(deliveries.createdAt, until),
    attempted === undefined ? undefined : wasAttempted(attempted),
  ].filter((condition) => condition !== undefined);
}

function codeClassIs(codeClass: number): SQL | undefined {
  if (codeClass === 0) return and(isNull(deliveries.statusCode), gt(deliveries.attempts, 0));
  return and(gte(deliveries.statusCode, codeClass * 100), lt(deliveries.statusCode, (codeClass + 1) * 100));
}
