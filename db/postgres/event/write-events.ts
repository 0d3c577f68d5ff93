import { type SQL, sql } from "drizzle-orm";
import type { SkipReason } from "@/domain/event/event";
import { thisChange } from "../connection/change";
import type { Transaction } from "../connection/connection";
import { digestBytes } from "../schema/compact";

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

const columns = sql`"order" integer, id text, "customerKey" bigint, type text, payload text, "contentHash" text,
  "isTest" boolean, targets json, skipped json`;

/**
 * Writes events that are new, with the deliveries that they bring, and answers which were: an id that its customer has
 * used already brings nothing. No id is given twice. In one statement, since every event of the product passes here.
 */
export async function writeEvents({ db, now }: Transaction, events: NewRow[]): Promise<Set<NewRow>> {
  if (events.length === 0) return new Set();
  const rows = events.map(({ contentHash, ...event }, order) => ({
    ...event,
    order,
    contentHash: digestBytes(contentHash).toString("hex"),
  }));
  const written = await db.execute<{ id: string; customer_key: string }>(sql`
    with given as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as g(${columns})
    ), event as (
      insert into events (id, customer_key, type, payload, content_hash, is_test, deliveries, skipped, created_at)
      select id, "customerKey", type, payload, decode("contentHash", 'hex'), "isTest", json_array_length(targets),
        skipped, ${now}::bigint
      from given order by "order"
      on conflict (customer_key, id) do nothing
      returning key, id, customer_key
    ), delivery as (
      insert into deliveries (event_key, webhook_key, customer_key, event_type, is_test, status, due_at, next_reason,
        created_at, pending_since, change)
      select event.key, target.value::bigint, customer_key, type, "isTest", 'pending', ${now}::bigint,
        case when "isTest" then 'test' else 'scheduled' end, ${now}::bigint, ${now}::bigint, ${thisChange}
      from event join given on given.id = event.id and given."customerKey" = event.customer_key
      cross join json_array_elements_text(targets) target
      order by event.key
      returning webhook_key, is_test
    ), ${arrival(sql`select webhook_key, count(*) as count from delivery where not is_test group by webhook_key`, now)}
    select id, customer_key from event`);
  const isNew = new Set(written.rows.map(({ id, customer_key }) => nameOf(id, Number(customer_key))));
  return new Set(events.filter(({ id, customerKey }) => isNew.has(nameOf(id, customerKey))));
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
