import { max, min } from "drizzle-orm";
import type { Connection } from "../connection/connection";
import { shared } from "../connection/shared";
import { searchSegments } from "../schema/tables";

/** The first and the last event of the search index; both null when there is none. */
export type Ends = { from: number | null; upTo: number | null };

/** Asked one by one, as SQLite finds either in an index, and both at once only among all. */
export const endsOfIndex = shared(({ db }: Connection) => {
  const first = db
    .select({ key: min(searchSegments.firstEvent) })
    .from(searchSegments)
    .prepare();
  const last = db
    .select({ key: max(searchSegments.lastEvent) })
    .from(searchSegments)
    .prepare();
  return (): Ends => ({ from: first.get()?.key ?? null, upTo: last.get()?.key ?? null });
});
