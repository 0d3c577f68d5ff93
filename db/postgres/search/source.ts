import { type SQL, sql } from "drizzle-orm";
import { neededTexts, type SearchQuery } from "@/domain/search/query";
import type { Term } from "@/domain/search/segment";
import type { Covered, KeyRange, PayloadRow, SearchSource, SegmentPlace } from "../../rows/value-search";
import type { Database } from "../connection/connection";
import { statement } from "../connection/statement";
import { daysOf, type OfEvent, payloadBytes, readPayloads } from "../read/payloads";
import { deliveries, events } from "../schema/tables";

/** What is looked through at once where there is no index: a statement is soon over. */
export const textPart = { rows: 1_024, bytes: 4 * 1024 * 1024 };

/**
 * Whether an event's payload may hold what is looked for; at a path, that is to be seen in the payload. No text holds
 * U+0000, and Postgres takes none that asks for it.
 */
export function mayHold(query: SearchQuery, day: SQL, eventKey: SQL, looked: OfEvent[]): SQL {
  const needed = neededTexts(query);
  if (needed.some((text) => text.includes("\0"))) return sql`false`;
  const holdsOne = sql.join(
    needed.map((text) => sql`strpos(p.payload, ${text}) > 0`),
    sql` or `,
  );
  const holds = sql`exists (
    select from payloads p where p.day = any(${daysOf(looked)}) and p.day = ${day}
      and p.event_key = ${eventKey} and (${holdsOne}))`;
  return query.path === null ? sql`(${events.id} = ${query.text} or ${holds})` : holds;
}

/** The same of a delivery's event. */
export const ofDelivery = (query: SearchQuery, looked: OfEvent[]): SQL =>
  mayHold(query, sql`${deliveries.day}`, sql`${deliveries.eventKey}`, looked);

/** The first and the last event of the search index; null when there is none. */
export async function readEnds(db: Database): Promise<{ from: number; upTo: number } | null> {
  const [ends] = await selectEnds(db, {});
  return ends?.from == null || ends.upTo === null ? null : { from: ends.from, upTo: ends.upTo };
}

const selectEnds = statement<{ from: number | null; upTo: number | null }>(sql`
  select (select min(first_event) from search_segments) as "from", (select max(last_event) from search_segments) as "upTo"`);

/** What the index covers; null when there is none. */
export async function readCovered(db: Database): Promise<Covered | null> {
  const ends = await readEnds(db);
  if (!ends) return null;
  const [row] = await selectNewest(db, {});
  return { ...ends, newest: row?.newest ?? ends.upTo };
}

const selectNewest = statement<{ newest: number | null }>(sql`select max(key) as newest from events`);

/** Reads the search index of a customer, and the payloads that it names. */
export function searchSource(db: Database, customerKey: number): SearchSource {
  return {
    async lookThrough(range, needed) {
      const all = await selectBetween(db, { ...range, customerKey });
      const lengths = await payloadBytes(db, all);
      const bytes = all.reduce((sum, { eventKey }) => sum + (lengths.get(eventKey) ?? 0), 0);
      const keys = needed.includes("\0") ? [] : await holding(db, customerKey, range, needed, all);
      return { keys, bytes };
    },
    async findEvent(id) {
      const [row] = id.includes("\0") ? [] : await selectById(db, { customerKey, id });
      return row?.key;
    },
    segmentsBefore: (before, limit) => selectSegments(db, { customerKey, before, limit }),
    async termsIn(places, asked) {
      const found = new Map<number, Term[]>();
      for (const { segment, ...term } of await selectTerms(db, valuesOf(places, asked))) {
        const known = found.get(segment);
        if (known) known.push(term);
        else found.set(segment, [term]);
      }
      return found;
    },
    async read(keys) {
      const rows = await selectEvents(db, { keys });
      const payloads = await readPayloads(
        db,
        rows.map(({ key, day }) => ({ eventKey: key, day })),
      );
      return rows.flatMap(({ key, id, createdAt }): PayloadRow[] => {
        const payload = payloads.get(key);
        return payload === undefined ? [] : [{ key, id, createdAt, payload }];
      });
    },
    async hasBefore(key) {
      const [oldest] = await selectOldest(db, { customerKey });
      return oldest !== undefined && oldest.key < key;
    },
    async timeFrom(key) {
      const [row] = await selectFrom(db, { key });
      return row?.createdAt ?? null;
    },
  };
}

const customer = sql`customer_key = ${sql.placeholder("customerKey")}::bigint`;
const isBetween = sql`key > ${sql.placeholder("above")}::bigint and key < ${sql.placeholder("below")}::bigint`;

const selectBetween = statement<OfEvent>(
  sql`select key as "eventKey", day from events where ${isBetween} and ${customer} order by key desc`,
);

async function holding(
  db: Database,
  customerKey: number,
  { above, below }: KeyRange,
  needed: string,
  looked: OfEvent[],
): Promise<number[]> {
  if (looked.length === 0) return [];
  const { rows } = await db.execute<{ key: string }>(sql`
    select e.key from events e
    where e.key > ${above} and e.key < ${below} and e.customer_key = ${customerKey} and (e.id = ${needed} or exists (
      select from payloads p where p.day = any(${daysOf(looked)}) and p.day = e.day and p.event_key = e.key
        and strpos(p.payload, ${needed}) > 0))
    order by e.key desc`);
  return rows.map(({ key }) => Number(key));
}

const selectById = statement<{ key: number }>(
  sql`select key from events where ${customer} and id = ${sql.placeholder("id")}`,
);

const selectSegments = statement<SegmentPlace>(sql`
  select first_event as "firstEvent", day from search_segments
  where ${customer} and first_event < ${sql.placeholder("before")}::bigint
  order by first_event desc limit ${sql.placeholder("limit")}::integer`);

const selectTerms = statement<Term & { segment: number }>(sql`
  select segment, term, postings from search_terms
  where day = any(${sql.placeholder("days")}::integer[]) and segment = any(${sql.placeholder("segments")}::bigint[])
    and term = any(${sql.placeholder("terms")}::bigint[])`);

const valuesOf = (places: SegmentPlace[], terms: number[]) => ({
  days: [...new Set(places.map(({ day }) => day))],
  segments: places.map(({ firstEvent }) => firstEvent),
  terms,
});

const selectEvents = statement<{ key: number; id: string; createdAt: number; day: number }>(sql`
  select key, id, created_at as "createdAt", day from events where key = any(${sql.placeholder("keys")}::bigint[])`);

const selectOldest = statement<{ key: number }>(
  sql`select key from events where ${customer} order by created_at, key limit 1`,
);

const selectFrom = statement<{ createdAt: number }>(sql`
  select created_at as "createdAt" from events where key >= ${sql.placeholder("key")}::bigint order by key limit 1`);
