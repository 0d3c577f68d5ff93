import { sql } from "drizzle-orm";
import type { Skipped } from "@/domain/event/fan-out";
import { thisChange } from "../connection/change";
import type { Transaction } from "../connection/connection";
import { statement } from "../connection/statement";
import { digestBytes } from "../schema/compact";
import { dayOf } from "../schema/day";

export type NewRow = {
  id: string;
  customerKey: number;
  type: string;
  payload: string;
  contentHash: string;
  isTest: boolean;
  /** Where a test goes instead of to the webhook's URL. */
  triedUrl?: string;
  /** Webhooks that get it, and why the others of the customer do not. */
  targets: number[];
  skipped: Skipped[];
};

/** An event that is new, as whose rows are written. */
export type Fresh = { event: NewRow; key: number };

/**
 * Writes events that are new, with the deliveries that they bring: an id that its customer has used already brings
 * nothing. No id is given twice.
 */
export async function writeEvents(tx: Transaction, events: NewRow[]): Promise<void> {
  await writeRest(tx, await writeNew(tx, events));
}

/** Writes events that are new, and answers which were; what belongs to these is for `writeRest`. */
export async function writeNew(tx: Transaction, events: NewRow[]): Promise<Fresh[]> {
  if (events.length === 0) return [];
  const keys = await insertEvents(tx, events);
  return events.flatMap((event) => {
    const key = keys.get(nameOf(event.id, event.customerKey));
    return key === undefined ? [] : [{ event, key }];
  });
}

/** Answers the keys of those that are new. */
async function insertEvents({ db, now }: Transaction, events: NewRow[]): Promise<Map<string, number>> {
  const rows = events.map(({ contentHash, targets, payload, ...event }) => ({
    ...event,
    deliveries: targets.length,
    contentHash: digestBytes(contentHash).toString("hex"),
  }));
  const written = await insert(db, { rows: JSON.stringify(rows), now });
  return new Map(written.map(({ key, id, customerKey }) => [nameOf(id, customerKey), key]));
}

const now = sql`${sql.placeholder("now")}::bigint`;

const insert = statement<{ key: number; id: string; customerKey: number }>(sql`
  insert into events (id, customer_key, type, content_hash, is_test, deliveries, skipped, created_at)
  select id, "customerKey", type, decode("contentHash", 'hex'), "isTest", deliveries, skipped, ${now}
  from json_to_recordset(${sql.placeholder("rows")}::json) as g(id text, "customerKey" bigint, type text,
    "contentHash" text, "isTest" boolean, deliveries integer, skipped json)
  on conflict (customer_key, id) do nothing
  returning key, id, customer_key as "customerKey"`);

type NewDelivery = Fresh & { webhookKey: number };

/** Payloads and deliveries at once: a message takes longer than what it asks for. */
export async function writeRest({ db, now }: Transaction, fresh: Fresh[]): Promise<void> {
  if (fresh.length === 0) return;
  const payloads = fresh.map(({ event: { payload }, key }) => ({ key, payload }));
  const deliveries = fresh.flatMap(({ event, key }) =>
    event.targets.map((webhookKey) => ({ event, key, webhookKey })),
  );
  const arriving = arrivingOf(fresh);
  const each = <Value>(pick: (delivery: NewDelivery) => Value) => deliveries.map(pick);
  await insertAll(db, {
    now,
    day: dayOf(now),
    payloads: JSON.stringify(payloads),
    queues: [...arriving.keys()],
    counts: [...arriving.values()].map(({ matched }) => matched),
    missed: [...arriving.values()].map(({ missed }) => missed),
    keys: each(({ key }) => key),
    webhooks: each(({ webhookKey }) => webhookKey),
    customers: each(({ event }) => event.customerKey),
    types: each(({ event }) => event.type),
    tests: each(({ event }) => event.isTest),
    tried: each(({ event }) => event.triedUrl ?? null),
  });
}

/** How many of these each webhook gets, and how many it misses because it is off. Tests count for nothing. */
function arrivingOf(fresh: Fresh[]): Map<number, { matched: number; missed: number }> {
  const arriving = new Map<number, { matched: number; missed: number }>();
  const add = (webhookKey: number, what: "matched" | "missed") => {
    const counts = arriving.get(webhookKey) ?? { matched: 0, missed: 0 };
    counts[what] += 1;
    arriving.set(webhookKey, counts);
  };
  for (const { event } of fresh) {
    if (event.isTest) continue;
    for (const webhookKey of event.targets) add(webhookKey, "matched");
    for (const [webhookKey, reason] of event.skipped) if (reason === "inactive") add(webhookKey, "missed");
  }
  return arriving;
}

/**
 * What is new can only bring a queue's turn forward: that takes nothing but its row, of which an update sees what others
 * committed while it waited. In the order of keys, in which everybody locks them: the platform's, whose turn is after all
 * others, only ever comes alone.
 */
const arrival = sql`
  arriving as materialized (
    select * from unnest(${sql.placeholder("queues")}::bigint[], ${sql.placeholder("counts")}::integer[],
      ${sql.placeholder("missed")}::integer[]) as a(webhook_key, count, missed)
  ), locked as materialized (
    select webhook_key from webhook_queue where webhook_key in (select webhook_key from arriving)
    order by webhook_key for update
  ), arrived as (
    update webhook_queue q set pending = q.pending + arriving.count,
      matched = q.matched + arriving.count + arriving.missed, missed = q.missed + arriving.missed,
      ready_at = case when arriving.count = 0 then q.ready_at else
        least(q.ready_at, greatest(${now},
          case when q.opened_at is null then ceil(q.rate_next_at)::bigint else q.probe_at end)) end
    from locked join arriving using (webhook_key)
    where q.webhook_key = locked.webhook_key
  )`;

const day = sql`${sql.placeholder("day")}::integer`;

const insertAll = statement(sql`
  with ${arrival}, kept as (
    insert into payloads (day, event_key, payload)
    select ${day}, key, payload from json_to_recordset(${sql.placeholder("payloads")}::json)
      as g(key bigint, payload text)
  )
  insert into deliveries (event_key, day, webhook_key, customer_key, event_type, is_test, tried_url, status, due_at,
    next_reason, created_at, pending_since, change)
  select event_key, ${day}, webhook_key, customer_key, type, is_test, tried_url, 'pending', ${now},
    case when is_test then 'test' else 'scheduled' end, ${now}, ${now}, change.next
  from unnest(${sql.placeholder("keys")}::bigint[], ${sql.placeholder("webhooks")}::bigint[],
      ${sql.placeholder("customers")}::bigint[], ${sql.placeholder("types")}::text[],
      ${sql.placeholder("tests")}::boolean[], ${sql.placeholder("tried")}::text[])
    as d(event_key, webhook_key, customer_key, type, is_test, tried_url),
    (select ${thisChange} as next) change`);

/** Of an event, among those of all customers. */
export const nameOf = (id: string, customerKey: number) => `${customerKey}.${id}`;
