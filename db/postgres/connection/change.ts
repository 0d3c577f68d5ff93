import { sql } from "drizzle-orm";

/**
 * Numbers what a transaction changes that people can see of deliveries. Transactions end in another order: who reads
 * on from a change stays below the oldest one that still runs.
 */
export const thisChange = sql<number>`pg_current_xact_id()::text::bigint`;
