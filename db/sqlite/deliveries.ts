import { and, desc, eq, gt, gte, inArray, isNull, lt, lte, max, or, type SQL, sql } from "drizzle-orm";
import type { DeliveryFilter, DeliveryPage, DeliveryStore, WebhookStore } from "../store";
import type { Connection } from "./connection";
import { countersOf } from "./counters";
import { contentBytes, latestContent, toAttempt } from "./delivery-content";
import { deliveryRows, toDelivery } from "./delivery-rows";
import { queueRows } from "./queue-row";
import { attempts, customers, deliveries, events, webhooks } from "./schema";

type Verbs = Pick<DeliveryStore, "listDeliveries" | "getDelivery" | "redeliver"> &
  Pick<WebhookStore, "cancelPending">;

/** Contract: a page with content ends at about this size. */
const pageBytes = 4 * 1024 * 1024;
/** A filtered page looks at this many rows at most, and then says how far it came. */
const searchRows = 20_000;
/** Rows that one transaction cancels: other writers wait for it. */
const cancelBatch = 500;
/** Contract: a delivery shows its latest attempts. */
const shownAttempts = 100;

export function deliveryVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const counters = countersOf(connection);
  const queue = queueRows(connection);

  return {
    listDeliveries,
    getDelivery,
    redeliver: (customerId, webhookId, eventId) => write(() => redeliver(customerId, webhookId, eventId)),
    cancelPending,
  };

  async function listDeliveries(customerId: string, filter: DeliveryFilter): Promise<DeliveryPage | null> {
    const scope = scopeOf(customerId, filter.webhookId);
    if (!scope) return null;
    const before = and(
      scope,
      filter.cursor === undefined ? undefined : lt(deliveries.key, Number(filter.cursor)),
    );
    const filters = filtersOf(filter);
    const floor = filters.length > 0 ? searchFloor(before) : null;
    const rows = deliveryRows(connection)
      .where(and(before, floor ? gte(deliveries.key, floor.key) : undefined, ...filters))
      .orderBy(desc(deliveries.key))
      .limit(filter.pageSize + 1)
      .all();
    const fitting = filter.content ? fittingRows(rows.map((row) => row.delivery.key)) : rows.length;
    const page = rows.slice(0, Math.min(filter.pageSize, fitting));
    const hasMore = page.length < rows.length;
    const last = page.at(-1)?.delivery.key;
    const contents = filter.content
      ? latestContent(
          connection,
          page.map((row) => row.delivery.key),
        )
      : undefined;
    const now = clock();
    return {
      items: page.map((row) => ({ ...toDelivery(row, now), content: contents?.get(row.delivery.key) })),
      next: hasMore ? String(last) : floor ? String(floor.key) : null,
      searchedBackTo: !hasMore && floor ? floor.createdAt : null,
    };
  }

  /** The rows that the customer may see here, as a condition that an index answers. */
  function scopeOf(customerId: string, webhookId: string | undefined): SQL | undefined {
    if (webhookId !== undefined) {
      const key = webhookKeyOf(customerId, webhookId);
      return key === undefined ? undefined : eq(deliveries.webhookKey, key);
    }
    const customer = db
      .select({ key: customers.key })
      .from(customers)
      .where(and(eq(customers.id, customerId), isNull(customers.deletedAt)))
      .get();
    return customer && and(eq(deliveries.customerKey, customer.key), isNull(webhooks.deletedAt));
  }

  function webhookKeyOf(customerId: string, webhookId: string): number | undefined {
    return db
      .select({ key: webhooks.key })
      .from(webhooks)
      .innerJoin(customers, eq(customers.key, webhooks.customerKey))
      .where(
        and(
          eq(customers.id, customerId),
          eq(webhooks.id, webhookId),
          isNull(customers.deletedAt),
          isNull(webhooks.deletedAt),
        ),
      )
      .get()?.key;
  }

  /** The oldest row that a search from here may look at; null when the table ends before that. */
  function searchFloor(before: SQL | undefined) {
    return (
      db
        .select({ key: deliveries.key, createdAt: deliveries.createdAt })
        .from(deliveries)
        .innerJoin(webhooks, eq(webhooks.key, deliveries.webhookKey))
        .where(before)
        .orderBy(desc(deliveries.key))
        .limit(1)
        .offset(searchRows)
        .get() ?? null
    );
  }

  /** How many of the rows fit on a page with their content; always at least one. */
  function fittingRows(keys: number[]): number {
    const sizes = db
      .select({ bytes: contentBytes })
      .from(deliveries)
      .innerJoin(events, eq(events.key, deliveries.eventKey))
      .where(sql`${deliveries.key} in ${keys}`)
      .orderBy(desc(deliveries.key))
      .all();
    let bytes = 0;
    let fitting = 0;
    for (const { bytes: size } of sizes) {
      bytes += size;
      if (bytes > pageBytes && fitting > 0) break;
      fitting += 1;
    }
    return fitting;
  }

  async function getDelivery(customerId: string, webhookId: string, eventId: string) {
    const row = findDelivery(customerId, webhookId, eventId);
    if (!row) return null;
    const key = row.delivery.key;
    const latest = db
      .select()
      .from(attempts)
      .where(eq(attempts.deliveryKey, key))
      .orderBy(desc(attempts.number))
      .limit(shownAttempts)
      .all();
    return {
      delivery: { ...toDelivery(row, clock()), content: latestContent(connection, [key]).get(key) },
      attempts: latest.map(toAttempt),
    };
  }

  function findDelivery(customerId: string, webhookId: string, eventId: string) {
    const webhookKey = webhookKeyOf(customerId, webhookId);
    if (webhookKey === undefined) return undefined;
    const event = db
      .select({ key: events.key })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey))
      .where(and(eq(customers.id, customerId), eq(events.id, eventId)))
      .get();
    if (!event) return undefined;
    return deliveryRows(connection)
      .where(and(eq(deliveries.eventKey, event.key), eq(deliveries.webhookKey, webhookKey)))
      .get();
  }

  function redeliver(customerId: string, webhookId: string, eventId: string) {
    const row = findDelivery(customerId, webhookId, eventId);
    if (!row) return "not_found";
    if (row.delivery.isTest) return "is_test";
    if (!row.webhook.isActive) return "inactive";
    if (row.delivery.leasedBy !== null) return "due";
    const wasPending = row.delivery.status === "pending";
    const now = clock();
    db.update(deliveries)
      .set({
        ...dueAgain(now),
        change: counters.take("change", 1),
        ...(wasPending && { pendingSince: row.delivery.pendingSince, tries: row.delivery.tries }),
      })
      .where(eq(deliveries.key, row.delivery.key))
      .run();
    queue.refresh(row.webhook.key, wasPending ? 0 : 1);
    return "due";
  }

  async function cancelPending(customerId: string, webhookId: string): Promise<number | null> {
    const webhookKey = webhookKeyOf(customerId, webhookId);
    if (webhookKey === undefined) return null;
    const waiting = and(
      eq(deliveries.webhookKey, webhookKey),
      eq(deliveries.status, "pending"),
      eq(deliveries.isTest, false),
      or(isNull(deliveries.leasedBy), lte(deliveries.dueAt, clock())),
      lte(deliveries.key, latestKey()), // what comes meanwhile stays, or this might never end
    );
    let count = 0;
    for (;;) {
      const changes = await write(() => cancelSome(webhookKey, waiting));
      count += changes;
      if (changes < cancelBatch) return count;
    }
  }

  function latestKey(): number {
    const latest = db.select({ key: max(deliveries.key) }).from(deliveries);
    return latest.get()?.key ?? 0;
  }

  function cancelSome(webhookKey: number, waiting: SQL | undefined): number {
    const keys = db.select({ key: deliveries.key }).from(deliveries).where(waiting).limit(cancelBatch).all();
    db.update(deliveries)
      .set({ ...cancelled(clock()), change: counters.take("change", 1) })
      .where(
        inArray(
          deliveries.key,
          keys.map(({ key }) => key),
        ),
      )
      .run();
    queue.refresh(webhookKey, -keys.length);
    return keys.length;
  }
}

/** The columns of a delivery that is given up; whoever still has it in flight can write nothing any more. */
export function cancelled(now: number) {
  return {
    status: "cancelled",
    endedAt: now,
    lease: sql`${deliveries.lease} + 1`,
    leasedBy: null,
    leasedAt: null,
    leasedReason: null,
  } as const;
}

/** The columns of a delivery that is due again with a fresh schedule; its attempts go on counting. */
export function dueAgain(now: number) {
  return {
    status: "pending",
    dueAt: now,
    tries: 0,
    probes: 0,
    lostInARow: 0,
    nextReason: "manual",
    pendingSince: now,
    endedAt: null,
  } as const;
}

function filtersOf(filter: DeliveryFilter): SQL[] {
  const { status, eventType, codeClass, since, until, text } = filter;
  return [
    status === undefined ? undefined : eq(deliveries.status, status),
    eventType === undefined ? undefined : eq(deliveries.eventType, eventType),
    codeClass === undefined ? undefined : codeClassIs(codeClass),
    since === undefined ? undefined : gte(deliveries.createdAt, since),
    until === undefined ? undefined : lte(deliveries.createdAt, until),
    text === undefined ? undefined : or(eq(events.id, text), gt(sql`instr(${events.payload}, ${text})`, 0)),
  ].filter((condition) => condition !== undefined);
}

function codeClassIs(codeClass: number): SQL | undefined {
  if (codeClass === 0) return and(isNull(deliveries.statusCode), gt(deliveries.attempts, 0));
  return and(gte(deliveries.statusCode, codeClass * 100), lt(deliveries.statusCode, (codeClass + 1) * 100));
}
