import { asc, eq, inArray, lt, min } from "drizzle-orm";
import type { Connection } from "../connection/connection";
import { events, searchSegments, searchTerms } from "../schema/tables";

/** Segments that one transaction removes: other writers wait for it. */
const atOnce = 8;

/** Removes parts of the search index, with their terms. Each answers whether there may be more. Only inside `write`. */
export function segmentRemoval({ db }: Connection) {
  return {
    /** Of all, the oldest, so that no gap comes about. */
    oldest: () => remove(some().orderBy(asc(searchSegments.lastEvent)).all()),
    ofCustomer: (customerKey: number) =>
      remove(some().where(eq(searchSegments.customerKey, customerKey)).all()),
    /** Those of which no event is left. */
    empty() {
      const oldest = db
        .select({ key: min(events.key) })
        .from(events)
        .get()?.key;
      const isOver = lt(searchSegments.lastEvent, oldest ?? Number.MAX_SAFE_INTEGER);
      return remove(some().where(isOver).orderBy(asc(searchSegments.lastEvent)).all());
    },
  };

  function some() {
    return db.select({ key: searchSegments.firstEvent }).from(searchSegments).limit(atOnce).$dynamic();
  }

  function remove(rows: { key: number }[]): boolean {
    const keys = rows.map(({ key }) => key);
    if (keys.length === 0) return false;
    db.delete(searchTerms).where(inArray(searchTerms.segment, keys)).run();
    db.delete(searchSegments).where(inArray(searchSegments.firstEvent, keys)).run();
    return keys.length === atOnce;
  }
}
