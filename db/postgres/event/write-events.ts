import { type SQL, sql } from "drizzle-orm";
import type { SkipReason } from "@/domain/event/event";
import { thisChange } from "../connection/change";
import type { Transaction } from "../connection/connection";
import { digestBytes } from "../schema/compact";
import { dayOf } from "../schema/day";

export type NewRow = {
  id: string;
  customerKey: number;
  type: string;
  payload: string;
  contentHash: string;
  isTest: boolean;
  /** Webhooks that get it, and why the others of the customer do not. */
  targets: number[];
  skipped: [number, SkipReason][];
};

/**
 * Writes events that are new, with the deliveries that they bring, and answers which were: an id that its customer has
 * used already brings nothing. No id is given twice.
 */
export async function writeEvents(tx: Transaction, events: NewRow[]): Promise<Set<NewRow>> {
  if (events.length === 0) return new Set();
  const keys = await insertEvents(tx, events);
  const fresh = events.flatMap((event) => {
    const key = keys.get(nameOf(event.id, event.customerKey));
    return key === undefined ? [] : [{ event, key }];
  });
  if (fresh.length > 0) await insertRest(tx, fresh);
  return new Set(fresh.map(({ event }) => event));
}

const columns = sql`id text, "customerKey" bigint, type text, "contentHash" text, "isTest" boolean,
  deliveries integer, skipped json`;

/** Answers the keys of those that are new. */
async function insertEvents({ db, now }: Transaction, events: NewRow[]): Promise<Map<string, number>> {
  const rows = events.map(({ contentHash, targets, payload, ...event }) => ({
    ...event,
    deliveries: targets.length,
    contentHash: digestBytes(contentHash).toString("hex"),
  }));
  const written = await db.execute<{ key: string; id: string; customer_key: string }>(sql`
    insert into events (id, customer_key, type, content_hash, is_test, deliveries, skipped, created_at)
    select id, "customerKey", type, decode("contentHash", 'hex'), "isTest", deliveries, skipped, ${now}::bigint
    from json_to_recordset(${JSON.stringify(rows)}::json) as g(${columns})
    on conflict (customer_key, id) do nothing
    returning key, id, customer_key`);
  return new Map(
    written.rows.map(({ key, id, customer_key }) => [nameOf(id, Number(customer_key)), Number(key)]),
  );
}

type Fresh = { event: NewRow; key: number };
type NewDelivery = Fresh & { webhookKey: number };

/** Payloads and deliveries at once: a message takes longer than what it asks for. */
async function insertRest({ db, now }: Transaction, fresh: Fresh[]): Promise<void> {
  const payloads = fresh.map(({ event: { payload }, key }) => ({ key, payload }));
  const deliveries = fresh.flatMap(({ event, key }) =>
    event.targets.map((webhookKey) => ({ event, key, webhookKey })),
  );
  const arriving = new Map<number, number>();
  for (const { event, webhookKey } of deliveries) {
    if (!event.isTest) arriving.set(webhookKey, (arriving.get(webhookKey) ?? 0) + 1);
  }
  const each = <Value>(pick: (delivery: NewDelivery) => Value) => sql.param(deliveries.map(pick));
  await db.execute(sql`
    with ${arrival(
      sql`select * from unnest(${sql.param([...arriving.keys()])}::bigint[],
      ${sql.param([...arriving.values()])}::integer[]) as a(webhook_key, count)`,
      now,
    )}, kept as (
      insert into payloads (day, event_key, payload)
      select ${dayOf(now)}::integer, key, payload
      from json_to_recordset(${JSON.stringify(payloads)}::json) as g(key bigint, payload text)
    )
    insert into deliveries (event_key, day, webhook_key, customer_key, event_type, is_test, status, due_at, next_reason,
      created_at, pending_since, change)
    select event_key, ${dayOf(now)}::integer, webhook_key, customer_key, type, is_test, 'pending', ${now}::bigint,
      case when is_test then 'test' else 'scheduled' end, ${now}::bigint, ${now}::bigint, change.next
    from unnest(${each(({ key }) => key)}::bigint[], ${each(({ webhookKey }) => webhookKey)}::bigint[],
        ${each(({ event }) => event.customerKey)}::bigint[], ${each(({ event }) => event.type)}::text[],
        ${each(({ event }) => event.isTest)}::boolean[])
      as d(event_key, webhook_key, customer_key, type, is_test),
      (select ${thisChange} as next) change`);
}

/** Of an event, among those of all customers. */
export const nameOf = (id: string, customerKey: number) => `${customerKey}.${id}`;

/**
 * What is new can only bring a queue's turn forward: that takes nothing but its row, of which an update sees what others
 * committed while it waited. In the order of keys, in which everybody locks them.
 */
const arrival = (counts: SQL, now: number) => sql`
  arriving as materialized (${counts}),
  locked as materialized (
    select webhook_key from webhook_queue where webhook_key in (select webhook_key from arriving)
    order by webhook_key for update
  ), arrived as (
    update webhook_queue q set pending = q.pending + arriving.count,
      ready_at = least(q.ready_at,
        case when q.opened_at is null then ${now}::bigint else greatest(${now}::bigint, q.probe_at) end)
    from locked join arriving using (webhook_key)
    where q.webhook_key = locked.webhook_key
  )`;
