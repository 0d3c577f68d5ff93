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
import { findCustomerKey } from "../access/customer-finder";
import type { Connection, Database, Transaction } from "../connection/connection";
import { deliveries, recoveries, webhooks } from "../schema/tables";
import { ofDelivery, readCovered, searchSource, textPart } from "../search/source";
import { findWebhook } from "../webhook/webhook-finder";
import { contentBytes, readContent } from "./delivery-content";
import { type DeliveryRow, deliveryRows, readDeliveries } from "./delivery-rows";
import { payloadBytes, readPayloads } from "./payloads";
import { wasAttempted } from "./was-attempted";

/** A page looks at this many rows at most, and then says how far it came. */
const searchRows = 20_000;

type Scope = { customerKey: number; isIn: SQL };

export function deliveryListVerbs({ db, now }: Connection): Pick<DeliveryStore, "listDeliveries"> {
  return {
    async listDeliveries(customerId, filter) {
      const scope = await scopeOf(db, customerId, filter);
      if (!scope) return null;
      const at = { db, now: await now() };
      if (filter.text !== undefined) return search(at, scope, filter, parseSearch(filter.text));
      const { items, next, searchedBackTo } = await look(at, scope, filter);
      return { items, next, searchedBackTo, searchedBy: null };
    },
  };
}

/** The rows to look at, in an order that an index gives. */
async function scopeOf(
  db: Database,
  customerId: string,
  { webhookId, recoveryId }: DeliveryFilter,
): Promise<Scope | undefined> {
  const webhook = webhookId === undefined ? undefined : await findWebhook(db, customerId, webhookId);
  if (webhookId !== undefined && !webhook) return undefined;
  const customerKey = webhook?.customerKey ?? (await findCustomerKey(db, customerId));
  if (customerKey === undefined) return undefined;
  const isIn = webhook ? eq(deliveries.webhookKey, webhook.key) : eq(deliveries.customerKey, customerKey);
  return { customerKey, isIn: recoveryId ? sql`${madeDueBy(customerKey, recoveryId)} and ${isIn}` : isIn };
}

/** None when the recovery is unknown. */
const madeDueBy = (customerKey: number, recoveryId: string) =>
  sql`${deliveries.recoveryKey} = (select r.key from ${recoveries} r
    where r.id = ${recoveryId} and r.customer_key = ${customerKey})`;

async function search(
  at: Transaction,
  scope: Scope,
  filter: DeliveryFilter,
  query: SearchQuery,
): Promise<DeliveryPage> {
  const isDirect = filter.isDirect || (filter.cursor && !isIndexCursor(filter.cursor));
  const covered = isDirect ? null : await readCovered(at.db);
  if (!covered) return lookThrough(at, scope, filter, query);
  const page = await findInIndex(at, scope, filter, query, covered);
  return isForPayloads(page, filter, query) ? lookThrough(at, scope, filter, query) : page;
}

/** Deliveries of the events that hold the value, the newest event's first. */
async function findInIndex(
  at: Transaction,
  scope: Scope,
  filter: DeliveryFilter,
  query: SearchQuery,
  covered: Covered,
): Promise<DeliveryPage> {
  const source = searchSource(at.db, scope.customerKey);
  const place = filter.cursor === undefined ? undefined : fromIndexCursor(filter.cursor);
  const isAfter =
    place && sql`(${deliveries.eventKey}, ${deliveries.key}) < (${place.event}, ${place.delivery})`;
  const rows: DeliveryRow[] = [];
  const hits = new Map<number, Hit | null>();
  let lookedFrom = place?.event ?? covered.newest + 1;
  for await (const step of stepsOf(source, query, covered, place && place.event + 1)) {
    lookedFrom = step.lookedFrom;
    for (const { key, hit } of step.found) hits.set(key, hit);
    if (step.found.length > 0) {
      const keys = step.found.map(({ key }) => key);
      const within = and(inArray(deliveries.eventKey, keys), scope.isIn, isAfter);
      const attempted = await wasAttempted(at.db, within, filter.attempted);
      const found = await deliveryRows(at.db)
        .where(and(within, ...conditionsOf(filter), attempted))
        .orderBy(desc(deliveries.eventKey), desc(deliveries.key))
        .limit(filter.pageSize + 1 - rows.length);
      rows.push(...found);
    }
    if (rows.length > filter.pageSize) break;
  }
  const { page, items } = await read(at, rows, filter, answerLimits.pageBytes);
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

/** Payload by payload, part by part. */
function lookThrough(
  at: Transaction,
  scope: Scope,
  filter: DeliveryFilter,
  query: SearchQuery,
): Promise<DeliveryPage> {
  return readThrough(
    filter,
    async (part, maxBytes) => {
      const found = await look(at, scope, { ...filter, ...part }, maxBytes, query);
      const payloads = await readPayloads(
        at.db,
        found.page.map(({ delivery }) => delivery),
      );
      const payloadOf = (index: number) => payloads.get(found.page[index]?.delivery.eventKey ?? 0);
      return { ...found, items: withHits(found.items, query, (_, index) => payloadOf(index)) };
    },
    async () => {}, // each wait for the database is a turn of others
  );
}

/** A page, or a part of one: what fits of the rows that are looked at at once. */
async function look(
  at: Transaction,
  { isIn }: Scope,
  filter: DeliveryFilter,
  maxBytes: number = answerLimits.pageBytes,
  query?: SearchQuery,
) {
  const { cursor, pageSize } = filter;
  const before = and(isIn, cursor === undefined ? undefined : lt(deliveries.key, Number(cursor)));
  const { floor, conditions } = await narrow(at.db, before, filter, query);
  const rows = await deliveryRows(at.db)
    .where(and(before, floor ? gte(deliveries.key, floor.key) : undefined, ...conditions))
    .orderBy(desc(deliveries.key))
    .limit(pageSize + 1);
  const { page, items, bytes } = await read(at, rows, filter, maxBytes);
  const hasMore = page.length < rows.length;
  return {
    page,
    items,
    bytes,
    looked: { rows: floor?.rows ?? 0, bytes: floor?.bytes ?? 0 },
    isCut: page.length < Math.min(rows.length, pageSize),
    next: hasMore ? String(page.at(-1)?.delivery.key) : floor ? String(floor.key) : null,
    searchedBackTo: !hasMore && floor ? floor.createdAt : null,
  };
}

/** What fits of some rows into a page. */
async function read(at: Transaction, rows: DeliveryRow[], filter: DeliveryFilter, maxBytes: number) {
  const places = rows.map(({ delivery }) => delivery);
  const sizes = filter.content ? await contentBytes(at.db, places) : [];
  const fitting = filter.content ? fittingRows(sizes, maxBytes) : rows.length;
  const page = rows.slice(0, Math.min(filter.pageSize, fitting));
  const contents = filter.content ? await readContent(at.db, places.slice(0, page.length)) : undefined;
  const read = await readDeliveries(at, page);
  return {
    page,
    items: read.map(({ row, delivery }) => ({ ...delivery, content: contents?.get(row.delivery.key) })),
    bytes: sizes.slice(0, page.length).reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

/** What narrows a list, and the oldest row that a search from here may look at; null when the table ends before that. */
async function narrow(
  db: Database,
  before: SQL | undefined,
  filter: DeliveryFilter,
  query: SearchQuery | undefined,
) {
  const conditions = conditionsOf(filter);
  const isWhole = conditions.length === 0 && !filter.attempted && !query;
  const { floor, looked } = query
    ? await textSearch(db, before)
    : { floor: isWhole ? null : await searchFloor(db, before), looked: [] };
  const within = and(before, floor ? gte(deliveries.key, floor.key) : undefined);
  const attempted = await wasAttempted(db, within, filter.attempted);
  const holds = query && ofDelivery(query, looked);
  return { floor, conditions: [...conditions, attempted, holds] };
}

async function searchFloor(db: Database, before: SQL | undefined): Promise<Floor | null> {
  const { key, createdAt } = deliveries;
  // Only the key, which the index has: the rows on the way are not read.
  const floor = db
    .select({ key })
    .from(deliveries)
    .where(before)
    .orderBy(desc(key))
    .limit(1)
    .offset(searchRows);
  const [row] = await db.select({ key, createdAt }).from(deliveries).where(eq(key, floor));
  return row ? { ...row, rows: searchRows, bytes: 0 } : null;
}

/** The rows whose payloads are looked through. */
async function textSearch(db: Database, before: SQL | undefined) {
  const { key, eventKey, day, createdAt } = deliveries;
  const rows = await db
    .select({ key, eventKey, day, createdAt })
    .from(deliveries)
    .where(before)
    .orderBy(desc(key))
    .limit(textPart.rows + 1);
  const lengths = await payloadBytes(db, rows);
  const sized = rows.map((row) => ({ ...row, bytes: lengths.get(row.eventKey) ?? 0 }));
  const floor = floorOf(sized, textPart.rows, textPart.bytes);
  return { floor, looked: floor ? rows.slice(0, floor.rows) : rows };
}

/** What narrows the list; deliveries of deleted webhooks are never in it. */
function conditionsOf(filter: DeliveryFilter): SQL[] {
  const { webhookId, status, eventType, codeClass, statusCode, since, until, outcome } = filter;
  return [
    webhookId === undefined ? isNull(webhooks.deletedAt) : undefined,
    status === undefined ? undefined : eq(deliveries.status, status),
    eventType === undefined ? undefined : eq(deliveries.eventType, eventType),
    codeClass === undefined ? undefined : codeClassIs(codeClass),
    statusCode === undefined ? undefined : eq(deliveries.statusCode, statusCode),
    outcome === undefined ? undefined : eq(outcomeOf(deliveries), outcome),
    since === undefined ? undefined : gte(deliveries.createdAt, since),
    until === undefined ? undefined : lte(deliveries.createdAt, until),
  ].filter((condition) => condition !== undefined);
}

function codeClassIs(codeClass: number): SQL | undefined {
  if (codeClass === 0) return and(isNull(deliveries.statusCode), gt(deliveries.attempts, 0));
  return and(gte(deliveries.statusCode, codeClass * 100), lt(deliveries.statusCode, (codeClass + 1) * 100));
}
