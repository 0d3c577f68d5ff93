import { and, asc, desc, eq, gt, gte, lt, max, or, type SQL, sql } from "drizzle-orm";
import { neededTexts, type SearchQuery } from "@/domain/search/query";
import type { Term } from "@/domain/search/segment";
import type { Covered, SearchSource } from "../../rows/value-search";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { events, searchSegments, searchTerms } from "../schema/tables";
import { endsOfIndex } from "./ends";

/** What is looked through at once where there is no index: a few milliseconds' work. */
export const textPart = { rows: 256, bytes: 1024 * 1024 };

/** Whether an event's payload may hold what is looked for; at a path, that is to be seen in the payload. */
export function mayHold(query: SearchQuery): SQL {
  const holds = neededTexts(query).map((needed) => gt(sql`instr(${events.payload}, ${needed})`, 0));
  return sql`(${or(...holds, query.path === null ? eq(events.id, query.text) : undefined)})`;
}

const isIn = (name: string) => sql`in (select value from json_each(${sql.placeholder(name)}))`;

/** Reads the search index, and the payloads that it names. */
export function searchSources(connection: Connection): {
  /** Null when there is no index. */
  covered(): Covered | null;
  of(customerKey: number): SearchSource;
} {
  const { db } = connection;
  const ofCustomer = eq(events.customerKey, sql.placeholder("customerKey"));
  const isBetween = and(gt(events.key, sql.placeholder("above")), lt(events.key, sql.placeholder("below")));
  const ends = endsOfIndex(connection);
  const newest = db
    .select({ key: max(events.key) })
    .from(events)
    .prepare();
  const bytesBetween = db
    .select({ bytes: sql<number>`coalesce(sum(octet_length(${events.payload})), 0)` })
    .from(events)
    .where(and(isBetween, sql`+${ofCustomer}`))
    .prepare();
  const holding = db
    .select({ key: events.key })
    .from(events)
    .where(
      and(
        isBetween,
        sql`+${ofCustomer}`,
        or(
          eq(events.id, sql.placeholder("needed")),
          sql`instr(${events.payload}, ${sql.placeholder("needed")}) > 0`,
        ),
      ),
    )
    .orderBy(desc(events.key))
    .prepare();
  const byId = hotSelect(
    connection,
    db
      .select({ key: events.key })
      .from(events)
      .where(and(ofCustomer, eq(events.id, sql.placeholder("id")))),
  );
  const segments = hotSelect(
    connection,
    db
      .select({ firstEvent: searchSegments.firstEvent, day: sql<number>`0` })
      .from(searchSegments)
      .where(
        and(
          eq(searchSegments.customerKey, sql.placeholder("customerKey")),
          lt(searchSegments.firstEvent, sql.placeholder("before")),
        ),
      )
      .orderBy(desc(searchSegments.firstEvent))
      .limit(sql.placeholder("limit")),
  );
  const terms = hotSelect(
    connection,
    db
      .select()
      .from(searchTerms)
      .where(sql`${searchTerms.segment} ${isIn("segments")} and ${searchTerms.term} ${isIn("terms")}`),
  );
  const payloads = hotSelect(
    connection,
    db
      .select({ key: events.key, id: events.id, createdAt: events.createdAt, payload: events.payload })
      .from(events)
      .where(sql`${events.key} ${isIn("keys")}`),
  );
  const oldest = db
    .select({ key: events.key })
    .from(events)
    .where(ofCustomer)
    .orderBy(asc(events.createdAt), asc(events.key))
    .limit(1)
    .prepare();
  const first = db
    .select({ createdAt: events.createdAt })
    .from(events)
    .where(gte(events.key, sql.placeholder("key")))
    .orderBy(asc(events.key))
    .limit(1)
    .prepare();

  return { covered, of };

  function covered(): Covered | null {
    const { from, upTo } = ends();
    return from === null || upTo === null ? null : { from, upTo, newest: newest.get()?.key ?? upTo };
  }

  function of(customerKey: number): SearchSource {
    return {
      lookThrough(range, needed) {
        const keys = holding.all({ ...range, customerKey, needed }).map(({ key }) => key);
        return { keys, bytes: bytesBetween.get({ ...range, customerKey })?.bytes ?? 0 };
      },
      findEvent: (id) => byId.get({ customerKey, id })?.key,
      segmentsBefore: (before, limit) => segments.all({ customerKey, before, limit }),
      termsIn(places, asked) {
        const found = new Map<number, Term[]>();
        const among = JSON.stringify(places.map(({ firstEvent }) => firstEvent));
        for (const { segment, ...term } of terms.all({ segments: among, terms: JSON.stringify(asked) })) {
          const known = found.get(segment);
          if (known) known.push(term);
          else found.set(segment, [term]);
        }
        return found;
      },
      read: (keys) => payloads.all({ keys: JSON.stringify(keys) }),
      hasBefore: (key) => (oldest.get({ customerKey })?.key ?? key) < key,
      timeFrom: (key) => first.get({ key })?.createdAt ?? null,
    };
  }
}
