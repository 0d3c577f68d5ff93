import { sql } from "drizzle-orm";
import {
  batchOf,
  batchRows,
  type Candidate,
  isWorthIt,
  type Segment,
  segmentsOf,
} from "../../rows/index-batch";
import type { SearchStore } from "../../store";
import type { Connection, Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { statement } from "../connection/statement";
import { payloadBytes, readPayloads } from "../read/payloads";
import { isOurTurn } from "../upkeep/turn";
import { removeOldest } from "./remove-segments";
import { readEnds } from "./source";

export function searchIndexVerbs({ db, write }: Connection): SearchStore {
  const findSettled = settled();

  return {
    async keepSearchIndex(isWanted) {
      if (!isWanted) return (await readEnds(db)) !== null && write(({ db }) => removeOldest(db));
      const upTo = await findSettled(db);
      const { newer, older } = await candidates(db, upTo);
      if (!isWorthIt(newer) && older.length === 0) return false;
      return write(async (tx) => (await isOurTurn(tx.db)) && extend(tx.db, upTo));
    },
  };
}

/** What came since goes before what was there before. False when there was nothing to add. */
async function extend(db: Database, settledUpTo: number): Promise<boolean> {
  const { newer, older } = await candidates(db, settledUpTo);
  const batch = batchOf(isWorthIt(newer) ? newer : older);
  const payloads = await readPayloads(
    db,
    batch.map(({ key, day }) => ({ eventKey: key, day })),
  );
  // What is left of a deleted customer goes soon.
  const gone = await deletedCustomers(db);
  const segments = segmentsOf(
    batch.filter(({ customerKey }) => !gone.has(customerKey)),
    payloads,
  );
  await insert(db, segments);
  return segments.length > 0;
}

/** Events on either side of the index that it does not know, each side from there on. */
async function candidates(
  db: Database,
  settledUpTo: number,
): Promise<{ newer: Candidate[]; older: Candidate[] }> {
  const ends = await readEnds(db);
  const values = { from: ends?.from ?? 0, above: ends?.upTo ?? 0, upTo: settledUpTo, limit: batchRows };
  const newer = await (ends ? selectNewer(db, values) : selectNewest(db, values));
  const older = ends ? await selectOlder(db, values) : [];
  return { newer: await withBytes(db, newer), older: await withBytes(db, older) };
}

type Row = Omit<Candidate, "bytes">;

async function withBytes(db: Database, rows: Row[]): Promise<Candidate[]> {
  const bytes = await payloadBytes(
    db,
    rows.map(({ key, day }) => ({ eventKey: key, day })),
  );
  return rows.map((row) => ({ ...row, bytes: bytes.get(row.key) ?? 0 }));
}

/** Nobody looks for what agents are sent, nor for what the platform is told. */
const selected = sql`select key, customer_key as "customerKey", day from events e
  where not exists (select from customers c where c.key = e.customer_key and c.is_system)`;
const isSettled = sql`key <= ${sql.placeholder("upTo")}::bigint`;
const limit = sql`limit ${sql.placeholder("limit")}::integer`;

const selectNewest = statement<Row>(sql`${selected} and ${isSettled} order by key desc ${limit}`);
const selectNewer = statement<Row>(
  sql`${selected} and key > ${sql.placeholder("above")}::bigint and ${isSettled} order by key ${limit}`,
);
const selectOlder = statement<Row>(
  sql`${selected} and key < ${sql.placeholder("from")}::bigint order by key desc ${limit}`,
);

async function deletedCustomers(db: Database): Promise<Set<number>> {
  const { rows } = await db.execute<{ key: string }>(
    sql`select key from customers where deleted_at is not null`,
  );
  return new Set(rows.map(({ key }) => Number(key)));
}

async function insert(db: Database, segments: Segment[]): Promise<void> {
  if (segments.length === 0) return;
  const terms = segments.flatMap(({ firstEvent, day, terms }) =>
    terms.map(({ term, postings }) => ({
      segment: firstEvent,
      day,
      term,
      postings: postings.toString("hex"),
    })),
  );
  await insertSegments(db, {
    segments: JSON.stringify(segments.map(({ terms: _, ...segment }) => segment)),
  });
  await insertTerms(db, {
    days: terms.map(({ day }) => day),
    segments: terms.map(({ segment }) => segment),
    terms: terms.map(({ term }) => term),
    postings: terms.map(({ postings }) => postings),
  });
}

const insertSegments = statement(sql`
  insert into search_segments (first_event, last_event, customer_key, day)
  select "firstEvent", "lastEvent", "customerKey", day from json_to_recordset(${sql.placeholder("segments")}::json)
    as g("firstEvent" bigint, "lastEvent" bigint, "customerKey" bigint, day integer)`);

const insertTerms = statement(sql`
  insert into search_terms (day, segment, term, postings)
  select day, segment, term, decode(postings, 'hex') from unnest(${sql.placeholder("days")}::integer[],
    ${sql.placeholder("segments")}::bigint[], ${sql.placeholder("terms")}::bigint[],
    ${sql.placeholder("postings")}::text[]) as g(day, segment, term, postings)`);

/**
 * Transactions end in another order than they took keys in: an event may appear below one that is there already. What was
 * there when nothing else ran, or when everything had ended that ran at an earlier look, has nothing missing below it.
 */
function settled(): (db: Database) => Promise<number> {
  let settledUpTo = 0;
  let seen: { newest: number; xmax: bigint } | null = null;

  return async (db) => {
    const { rows } = await db.execute<{ newest: string; xmin: string; xmax: string }>(sql`
      select coalesce((select max(key) from events), 0) as newest, pg_snapshot_xmin(snapshot)::text as xmin,
        pg_snapshot_xmax(snapshot)::text as xmax
      from pg_current_snapshot() snapshot`);
    const now = onlyOne(rows);
    const [newest, xmin, xmax] = [Number(now.newest), BigInt(now.xmin), BigInt(now.xmax)];
    if (xmin === xmax) settledUpTo = newest;
    else if (seen && xmin >= seen.xmax) settledUpTo = seen.newest;
    if (!seen || xmin >= seen.xmax) seen = { newest, xmax };
    return settledUpTo;
  };
}
