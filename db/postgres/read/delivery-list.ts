import { and, desc, eq, gt, gte, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import { answerLimits } from "@/domain/limits";
import { fittingRows } from "../../rows/page-size";
import { outcomeOf } from "../../rows/recovery";
import type { DeliveryFilter, DeliveryPage, DeliveryStore } from "../../store";
import { findCustomerKey } from "../access/customer-finder";
import type { Connection, Database } from "../connection/connection";
import { deliveries, events, recoveries, webhooks } from "../schema/tables";
import { findWebhook } from "../webhook/webhook-finder";
import { contentBytes, readContent } from "./delivery-content";
import { deliveryRows, readDeliveries } from "./delivery-rows";
import { daysOf, type OfEvent, payloadBytes } from "./payloads";

/** A page looks at this many rows at most, and then says how far it came. */
const searchRows = 20_000;
/** Fewer where each look reads a whole payload, and only until it has read so much: a statement is soon over. */
const textSearchParts = 16;
const textPartRows = 64;
const textPartBytes = 512 * 1024;

export function deliveryListVerbs({ db, now }: Connection): Pick<DeliveryStore, "listDeliveries"> {
  return {
    async listDeliveries(customerId, filter) {
      const scope = await scopeOf(db, customerId, filter);
      return scope ? search(db, scope, filter, await now()) : null;
    },
  };
}

/** The rows to look at, in an order that an index gives. */
async function scopeOf(db: Database, customerId: string, { webhookId, recoveryId }: DeliveryFilter) {
  const customerKey = await findCustomerKey(db, customerId);
  const webhook = webhookId === undefined ? undefined : await findWebhook(db, customerId, webhookId);
  if (customerKey === undefined || (webhookId !== undefined && !webhook)) return undefined;
  const isOfWebhook = webhook && eq(deliveries.webhookKey, webhook.key);
  if (recoveryId !== undefined) return and(await madeDueBy(db, customerKey, recoveryId), isOfWebhook);
  return isOfWebhook ?? eq(deliveries.customerKey, customerKey);
}

/** None when the recovery is unknown. */
async function madeDueBy(db: Database, customerKey: number, recoveryId: string): Promise<SQL> {
  const [recovery] = await db
    .select({ key: recoveries.key })
    .from(recoveries)
    .where(and(eq(recoveries.id, recoveryId), eq(recoveries.customerKey, customerKey)));
  return eq(deliveries.recoveryKey, recovery?.key ?? 0);
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
  const { floor, conditions } = await narrow(db, before, filter);
  const rows = await deliveryRows(db)
    .where(and(before, floor ? gte(deliveries.key, floor.key) : undefined, ...conditions))
    .orderBy(desc(deliveries.key))
    .limit(pageSize + 1);
  const places = rows.map(({ delivery }) => delivery);
  const sizes = filter.content ? await contentBytes(db, places) : [];
  const fitting = filter.content ? fittingRows(sizes, maxBytes) : rows.length;
  const page = rows.slice(0, Math.min(pageSize, fitting));
  const hasMore = page.length < rows.length;
  const contents = filter.content ? await readContent(db, places.slice(0, page.length)) : undefined;
  const read = await readDeliveries({ db, now }, page);
  return {
    items: read.map(({ row, delivery }) => ({ ...delivery, content: contents?.get(row.delivery.key) })),
    bytes: sizes.slice(0, page.length).reduce((sum, { bytes }) => sum + bytes, 0),
    hasMore,
    next: hasMore ? String(page.at(-1)?.delivery.key) : floor ? String(floor.key) : null,
    searchedBackTo: !hasMore && floor ? floor.createdAt : null,
  };
}

/** What narrows a list, and the oldest row that a search from here may look at; null when the table ends before that. */
async function narrow(db: Database, before: SQL | undefined, filter: DeliveryFilter) {
  const conditions = conditionsOf(filter);
  if (filter.text === undefined)
    return { floor: conditions.length > 0 ? await searchFloor(db, before) : null, conditions };
  const { floor, looked } = await textSearch(db, before);
  return { floor, conditions: [...conditions, holds(filter.text, looked)] };
}

async function searchFloor(db: Database, before: SQL | undefined) {
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

/** The rows whose payloads are looked through. */
async function textSearch(db: Database, before: SQL | undefined) {
  const { key, eventKey, day, createdAt } = deliveries;
  const rows = await db
    .select({ key, eventKey, day, createdAt })
    .from(deliveries)
    .where(before)
    .orderBy(desc(key))
    .limit(textPartRows + 1);
  const lengths = await payloadBytes(db, rows);
  const sizes = rows.map((row) => ({ bytes: lengths.get(row.eventKey) ?? 0 }));
  const looked = rows.slice(0, Math.min(textPartRows, fittingRows(sizes, textPartBytes)));
  return { floor: looked.length < rows.length ? (looked.at(-1) ?? null) : null, looked };
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

/** No text holds U+0000, and Postgres takes none that asks for it. */
function holds(text: string, looked: OfEvent[]): SQL {
  if (text.includes("\0")) return sql`false`;
  return sql`(${events.id} = ${text} or exists (
    select from payloads p where p.day = any(${daysOf(looked)}) and p.day = ${deliveries.day}
      and p.event_key = ${deliveries.eventKey} and strpos(p.payload, ${text}) > 0))`;
}
