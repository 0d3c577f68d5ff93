import { setImmediate as turn } from "node:timers/promises";
import { and, desc, eq, gt, gte, inArray, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { answerLimits } from "@/domain/limits";
import { fittingRows } from "../../rows/page-size";
import { outcomeOf } from "../../rows/recovery";
import type { DeliveryFilter, DeliveryPage, DeliveryStore } from "../../store";
import { customerFinder } from "../access/customer-finder";
import type { Connection } from "../connection/connection";
import { deliveries, events, recoveries, webhooks } from "../schema/tables";
import { webhookFinder } from "../webhook/webhook-finder";
import { contentBytes, contentReader } from "./delivery-content";
import { deliveryReader, deliveryRows } from "./delivery-rows";

/** A page looks at this many rows at most, and then says how far it came. */
const searchRows = 20_000;
/**
 * Fewer where each look reads a whole payload, and only until it has read so much. Others get their turn between parts
 * of a few milliseconds' work each.
 */
const textSearchParts = 16;
const textPartRows = 64;
const textPartBytes = 512 * 1024;

export function deliveryListVerbs(connection: Connection): Pick<DeliveryStore, "listDeliveries"> {
  const { db } = connection;
  const findWebhook = webhookFinder(connection);
  const findCustomer = customerFinder(connection);
  const readContent = contentReader(connection);
  const readDeliveries = deliveryReader(connection);

  return { listDeliveries: (customerId, filter) => search(customerId, filter) };

  async function search(customerId: string, filter: DeliveryFilter): Promise<DeliveryPage | null> {
    const parts = filter.text === undefined ? 1 : textSearchParts;
    const items: DeliveryPage["items"] = [];
    let bytesLeft = answerLimits.pageBytes;
    for (let part = 1, { cursor } = filter; ; part += 1) {
      const pageSize = filter.pageSize - items.length;
      const found = look(customerId, { ...filter, cursor, pageSize }, bytesLeft);
      if (!found) return null;
      items.push(...found.items);
      bytesLeft -= found.bytes;
      const isFull = found.hasMore || items.length === filter.pageSize || bytesLeft <= 0;
      const { next, searchedBackTo } = found;
      if (isFull || next === null || part === parts) return { items, next, searchedBackTo };
      cursor = next;
      await turn();
    }
  }

  /** A page, or a part of one: what fits of the rows that are looked at at once. */
  function look(customerId: string, filter: DeliveryFilter, maxBytes: number) {
    const scope = scopeOf(customerId, filter);
    if (!scope) return null;
    const before = and(
      scope,
      filter.cursor === undefined ? undefined : lt(deliveries.key, Number(filter.cursor)),
    );
    const conditions = conditionsOf(filter);
    const floor = conditions.length > 0 ? searchFloor(before, filter) : null;
    const rows = deliveryRows(connection)
      .where(and(before, floor ? isFrom(floor.key) : undefined, ...conditions))
      .orderBy(desc(deliveries.key))
      .limit(filter.pageSize + 1)
      .all();
    const sizes = filter.content ? sizesOf(rows) : [];
    const fitting = filter.content ? fittingRows(sizes, maxBytes) : rows.length;
    const page = rows.slice(0, Math.min(filter.pageSize, fitting));
    const hasMore = page.length < rows.length;
    const keys = page.map((row) => row.delivery.key);
    const contents = filter.content ? readContent(keys) : undefined;
    return {
      items: readDeliveries(page).map(({ row, delivery }) => ({
        ...delivery,
        content: contents?.get(row.delivery.key),
      })),
      bytes: sizes.slice(0, page.length).reduce((sum, { bytes }) => sum + bytes, 0),
      hasMore,
      next: hasMore ? String(keys.at(-1)) : floor ? String(floor.key) : null,
      searchedBackTo: !hasMore && floor ? floor.createdAt : null,
    };
  }

  /** The rows to look at, in an order that an index gives. */
  function scopeOf(customerId: string, { webhookId, recoveryId }: DeliveryFilter): SQL | undefined {
    const webhook = webhookId === undefined ? undefined : findWebhook(customerId, webhookId);
    const customerKey = findCustomer(customerId);
    if (customerKey === undefined || (webhookId !== undefined && !webhook)) return undefined;
    if (recoveryId !== undefined)
      return and(madeDueBy(customerKey, recoveryId), webhook && isOf(webhook.key));
    return webhook ? eq(deliveries.webhookKey, webhook.key) : eq(deliveries.customerKey, customerKey);
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
  function searchFloor(before: SQL | undefined, { text }: DeliveryFilter) {
    if (text !== undefined) return textSearchFloor(before);
    return (
      db
        .select({ key: deliveries.key, createdAt: deliveries.createdAt })
        .from(deliveries)
        .where(before)
        .orderBy(desc(deliveries.key))
        .limit(1)
        .offset(searchRows)
        .get() ?? null
    );
  }

  /** Payloads are counted by their length, which is known without reading them. */
  function textSearchFloor(before: SQL | undefined) {
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
      .limit(textPartRows + 1)
      .all();
    const fitting = Math.min(textPartRows, fittingRows(rows, textPartBytes));
    return fitting < rows.length ? (rows[fitting - 1] ?? null) : null;
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

/** The plus keeps SQLite to the index of the recovery. */
const isOf = (webhookKey: number) => sql`+${deliveries.webhookKey} = ${webhookKey}`;

/** Likely, so that with statistics too SQLite walks an index of the customer or webhook, not all customers' rows. */
const isFrom = (key: number) => sql`likelihood(${deliveries.key} >= ${key}, 0.95)`;

/** What narrows the list; deliveries of deleted webhooks are never in it. */
function conditionsOf(filter: DeliveryFilter): SQL[] {
  const { webhookId, status, eventType, codeClass, statusCode, since, until, text, outcome } = filter;
  return [
    webhookId === undefined ? isNull(webhooks.deletedAt) : undefined,
    status === undefined ? undefined : eq(deliveries.status, status),
    eventType === undefined ? undefined : eq(deliveries.eventType, eventType),
    codeClass === undefined ? undefined : codeClassIs(codeClass),
    statusCode === undefined ? undefined : eq(deliveries.statusCode, statusCode),
    outcome === undefined ? undefined : eq(outcomeOf(deliveries), outcome),
    since === undefined ? undefined : gte(deliveries.createdAt, since),
    until === undefined ? undefined : lte(deliveries.createdAt, until),
    text === undefined ? undefined : or(eq(events.id, text), gt(sql`instr(${events.payload}, ${text})`, 0)),
  ].filter((condition) => condition !== undefined);
}

function codeClassIs(codeClass: number): SQL | undefined {
  if (codeClass === 0) return and(isNull(deliveries.statusCode), gt(deliveries.attempts, 0));
  return and(gte(deliveries.statusCode, codeClass * 100), lt(deliveries.statusCode, (codeClass + 1) * 100));
}
