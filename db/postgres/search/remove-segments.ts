import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../connection/connection";

/** Segments that one transaction removes. */
const atOnce = 8;

/*
 * Parts of the search index, with their terms. Each answers whether there may be more. Of a day that goes as a whole, only
 * the segments are removed: nobody finds their terms any more.
 */

/** Of all, the oldest, so that no gap comes about. */
export const removeOldest = (db: Database): Promise<boolean> => remove(db, sql`true`, sql`last_event`);

export const removeOfCustomer = (db: Database, customerKey: number): Promise<boolean> =>
  remove(db, sql`customer_key = ${customerKey}`, sql`first_event`);

/** Those of which no event is left. */
export async function removeEmpty(db: Database): Promise<boolean> {
  const { rows } = await db.execute<{ key: number }>(sql`
    delete from search_segments where first_event in (
      select first_event from search_segments
      where last_event < coalesce((select min(key) from events), ${Number.MAX_SAFE_INTEGER})
      order by last_event limit ${atOnce})
    returning first_event as key`);
  await removeTerms(db, sql`search_terms_default`, rows);
  return rows.length === atOnce;
}

async function remove(db: Database, which: SQL, order: SQL): Promise<boolean> {
  const { rows } = await db.execute<{ key: number; day: number }>(sql`
    delete from search_segments where first_event in (
      select first_event from search_segments where ${which} order by ${order} limit ${atOnce})
    returning first_event as key, day`);
  const days = [...new Set(rows.map(({ day }) => day))];
  await removeTerms(db, sql`search_terms`, rows, sql`and day = any(${sql.param(days)}::integer[])`);
  return rows.length === atOnce;
}

async function removeTerms(
  db: Database,
  table: SQL,
  segments: { key: number }[],
  and = sql``,
): Promise<void> {
  if (segments.length === 0) return;
  const keys = segments.map(({ key }) => Number(key));
  await db.execute(sql`delete from ${table} where segment = any(${sql.param(keys)}::bigint[]) ${and}`);
}
