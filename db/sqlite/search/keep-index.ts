import { and, asc, desc, eq, gt, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import {
  batchOf,
  batchRows,
  type Candidate,
  isWorthIt,
  type Segment,
  segmentsOf,
} from "../../rows/index-batch";
import type { SearchStore } from "../../store";
import type { Connection } from "../connection/connection";
import { hotStatement } from "../connection/hot-statement";
import { customers, events, searchSegments, searchTerms } from "../schema/tables";
import { type Ends, endsOfIndex } from "./ends";
import { segmentRemoval } from "./remove-segments";

// In this form SQLite goes on reading events in the order of their keys.
/** Nobody outside sees the events of hidden customers, so nobody looks for one. */
const isSearched = sql`(select c.is_system from ${customers} c where c.key = ${events.customerKey}) = 0`;

export function searchIndexVerbs(connection: Connection): SearchStore {
  const { db, write } = connection;
  const remove = segmentRemoval(connection);
  const ends = endsOfIndex(connection);
  const insertTerm = hotStatement(
    connection,
    db.insert(searchTerms).values({
      segment: sql.placeholder("segment"),
      term: sql.placeholder("term"),
      postings: sql.placeholder("postings"),
    }),
  );

  return {
    keepSearchIndex: (isWanted) => (isWanted ? extend() : withdraw()),
  };

  /** What came since goes before what was there before. */
  async function extend(): Promise<boolean> {
    const seen = ends();
    const { from, upTo } = seen;
    const isNewer = upTo === null ? undefined : gt(events.key, upTo);
    const newer = candidates(isNewer, upTo === null ? desc(events.key) : asc(events.key));
    if (isWorthIt(newer)) return add(newer, seen);
    const older = from === null ? [] : candidates(lt(events.key, from), desc(events.key));
    return older.length > 0 && add(older, seen);
  }

  function candidates(which: SQL | undefined, order: SQL): Candidate[] {
    return db
      .select({
        key: events.key,
        customerKey: events.customerKey,
        day: sql<number>`0`, // nothing goes by the day here
        bytes: sql<number>`octet_length(${events.payload})`,
      })
      .from(events)
      .where(and(which, isSearched))
      .orderBy(order)
      .limit(batchRows)
      .all();
  }

  /** Read and made into terms before others have to wait for the transaction, unless another worker was there first. */
  async function add(some: Candidate[], seen: Ends): Promise<boolean> {
    const batch = batchOf(some);
    const keys = batch.map(({ key }) => key);
    const rows = db
      .select({ key: events.key, payload: events.payload })
      .from(events)
      .innerJoin(customers, eq(customers.key, events.customerKey))
      .where(sql`${inArray(events.key, keys)} and ${isNull(customers.deletedAt)}`)
      .all();
    const segments = segmentsOf(batch, new Map(rows.map(({ key, payload }) => [key, payload])));
    // What is left of a deleted customer goes soon.
    if (segments.length === 0) return false;
    return write(() => {
      const now = ends();
      const isAsBefore = now.from === seen.from && now.upTo === seen.upTo;
      if (isAsBefore) for (const segment of segments) insert(segment);
      return true;
    });
  }

  function insert({ terms, firstEvent, lastEvent, customerKey }: Segment): void {
    db.insert(searchSegments).values({ firstEvent, lastEvent, customerKey }).run();
    for (const { term, postings } of terms) insertTerm.run({ segment: firstEvent, term, postings });
  }

  async function withdraw(): Promise<boolean> {
    return ends().upTo !== null && write(remove.oldest);
  }
}
