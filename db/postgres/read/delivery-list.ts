import { and, desc, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { answerLimits } from "@/domain/limits";
import { fittingRows } from "../../rows/page-size";
import type { DeliveryFilter, DeliveryPage, DeliveryStore } from "../../store";
import { findCustomerKey } from "../access/customer-finder";
import type { Connection, Database } from "../connection/connection";
import { deliveries, events, webhooks } from "../schema/tables";
import { findWebhook } from "../webhook/webhook-finder";
import { contentBytes, readContent } from "./delivery-content";
import { deliveryRows, readDeliveries } from "./delivery-rows";

/** A page looks at this many rows at most, and then says how far it came. */
const searchRows = 20_000;
/** Fewer where each look reads a whole payload, and only until it has read so much: a statement is soon over. */
const textSearchParts = 16;
const textPartRows = 64;
const textPartBytes = 512 * 1024;

export function deliveryListVerbs({ db, now }: Connection): Pick<DeliveryStore, "listDeliveries"> {
  return {
    async listDeliveries(customerId, filter) {
      const scope = await scopeOf(db, customerId, filter.webhookId);
      return scope ? search(db, scope, filter, await now()) : null;
    },
  };
}

/** The rows to look at, in an order that an index gives. */
async function scopeOf(db: Database, customerId: string, webhookId: string | undefined) {
  if (webhookId !== undefined) {
    const webhook = await findWebhook(db, customerId, webhookId);
    return webhook && eq(deliveries.webhookKey, webhook.key);
  }
  const customerKey = await findCustomerKey(db, customerId);
  return customerKey === undefined ? undefined : eq(deliveries.customerKey, customerKey);
}

async function search(db: Database, scope: SQL, filter: DeliveryFilter, now: number): Promise<DeliveryPage> {
  const parts = filter.text === undefined ? 1 : textSearchParts;
  const items: DeliveryPage["items"] = [];
  let bytesLeft = answerLimits.pageBytes;
  for (let part = 1, { cursor } = filter; ; part += 1) {
    const pageSize = filter.pageSize - items.length;
    const found = await look(db, scope, { ...filter, cursor, pageSize }, bytesLeft, now);
    items.push(...found.items);
    bytesLeft -= found.bytes;
    const isFull = found.hasMore || items.length === filter.pageSize || bytesLeft <= 0;
    const { next, searchedBackTo } = found;
    if (isFull || next === null || part === parts) return { items, next, searchedBackTo };
    cursor = next;
  }
}

/** A page, or a part of one: what fits of the rows that are looked at at once. */
async function look(db: Database, scope: SQL, filter: DeliveryFilter, maxBytes: number, now: number) {
  const { cursor, pageSize } = filter;
  const before = and(scope, cursor === undefined ? undefined : lt(deliveries.key, Number(cursor)));
  const conditions = conditionsOf(filter);
  const floor = conditions.length > 0 ? await searchFloor(db, before, filter) : null;
  const rows = await deliveryRows(db)
    .where(and(before, floor ? gte(deliveries.key, floor.key) : undefined, ...conditions))
    .orderBy(desc(deliveries.key))
    .limit(pageSize + 1);
  const sizes = filter.content ? await sizesOf(db, rows) : [];
  const fitting = filter.content ? fittingRows(sizes, maxBytes) : rows.length;
  const page = rows.slice(0, Math.min(pageSize, fitting));
  const hasMore = page.length < rows.length;
  const keys = page.map((row) => row.delivery.key);
  const contents = filter.content ? await readContent(db, keys) : undefined;
  const read = await readDeliveries({ db, now }, page);
  return {
    items: read.map(({ row, delivery }) => ({ ...delivery, content: contents?.get(row.delivery.key) })),
    bytes: sizes.slice(0, page.length).reduce((sum, { bytes }) => sum + bytes, 0),
    hasMore,
    next: hasMore ? String(keys.at(-1)) : floor ? String(floor.key) : null,
    searchedBackTo: !hasMore && floor ? floor.createdAt : null,
  };
}

/** The oldest row that a search from here may look at; null when the table ends before that. */
async function searchFloor(db: Database, before: SQL | undefined, { text }: DeliveryFilter) {
  if (text !== undefined) return textSearchFloor(db, before);
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
  return row ?? null;
}

/** Payloads are counted by their length, which is known without reading them. */
async function textSearchFloor(db: Database, before: SQL | undefined) {
  const rows = await db
    .select({
      key: deliveries.key,
      createdAt: deliveries.createdAt,
      bytes: sql<number>`octet_length(${events.payload})`,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .where(before)
    .orderBy(desc(deliveries.key))
    .limit(textPartRows + 1);
  const fitting = Math.min(textPartRows, fittingRows(rows, textPartBytes));
  return fitting < rows.length ? (rows[fitting - 1] ?? null) : null;
}

async function sizesOf(db: Database, rows: { delivery: { key: number } }[]): Promise<{ bytes: number }[]> {
  if (rows.length === 0) return [];
  const keys = rows.map((row) => row.delivery.key);
  return db
    .select({ bytes: contentBytes })
    .from(deliveries)
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .where(inArray(deliveries.key, keys))
    .orderBy(desc(deliveries.key));
}

/** What narrows the list; deliveries of deleted webhooks are never in it. */
function conditionsOf(filter: DeliveryFilter): SQL[] {
  const { webhookId, status, eventType, codeClass, since, until, text } = filter;
  return [
    webhookId === undefined ? isNull(webhooks.deletedAt) : undefined,
    status === undefined ? undefined : eq(deliveries.status, status),
    eventType === undefined ? undefined : eq(deliveries.eventType, eventType),
    codeClass === undefined ? undefined : codeClassIs(codeClass),
    since === undefined ? undefined : gte(deliveries.createdAt, since),
    until === undefined ? undefined : lte(deliveries.createdAt, until),
    text === undefined ? undefined : holds(text),
  ].filter((condition) => condition !== undefined);
}

function codeClassIs(codeClass: number): SQL | undefined {
  if (codeClass === 0) return and(isNull(deliveries.statusCode), gt(deliveries.attempts, 0));
  return and(gte(deliveries.statusCode, codeClass * 100), lt(deliveries.statusCode, (codeClass + 1) * 100));
}

/** No text holds U+0000, and Postgres takes none that asks for it. */
function holds(text: string): SQL | undefined {
  if (text.includes("\0")) return sql`false`;
  return or(eq(events.id, text), gt(sql`strpos(${events.payload}, ${text})`, 0));
}
