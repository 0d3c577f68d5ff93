import { sql } from "drizzle-orm";

/**
 * What is added to the number of a transaction: more than any of another server, whose numbers say nothing here (see
 * same-server).
 */
const added = sql`coalesce((select value from counters where name = 'change'), 0)`;

/**
 * Numbers what a transaction changes that people can see of deliveries. Transactions end in another order: who reads
 * on from a change stays below the oldest one that still runs.
 */
export const thisChange = sql<number>`pg_current_xact_id()::text::bigint + ${added}`;

/**
 * The latest change behind which nothing can appear any more: every transaction up to it has ended. One that runs for
 * long holds back what came after it, unless it is of another database of the server.
 */
export const latestChange = sql<string>`(
  select coalesce(
    (select min(running::text::bigint) from pg_snapshot_xip(snapshot) running
      where running::text::bigint % 4294967296 not in (
        select backend_xid::text::bigint from pg_stat_activity
        where backend_xid is not null and datname <> current_database())),
    pg_snapshot_xmax(snapshot)::text::bigint) - 1 + ${added}
  from pg_current_snapshot() snapshot)`;

/** Which changes had been committed when it was asked, as the text of a pg_snapshot of their numbers. */
export const committedChanges = sql<string>`(
  select pg_snapshot_xmin(snapshot)::text::bigint + added || ':' || pg_snapshot_xmax(snapshot)::text::bigint + added
    || ':' || coalesce((
      select string_agg((running::text::bigint + added)::text, ',' order by running::text::bigint)
      from pg_snapshot_xip(snapshot) running), '')
  from pg_current_snapshot() snapshot, (select ${added} as added) offsets)`;
