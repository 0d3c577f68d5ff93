import { and, isNull, lte, sql } from "drizzle-orm";
import type { Connection } from "../connection/connection";
import { webhooks } from "../schema/tables";
import { subscriptionEnds } from "./end";

/** Rows that one transaction touches: other writers wait for it. */
const batchRows = 50;

/** Ends some of the subscriptions whose term is over. Answers whether there were any. Only inside `write`. */
export function subscriptionLapse(connection: Connection): () => boolean {
  const { db, clock } = connection;
  const ends = subscriptionEnds(connection);
  const selectOver = db
    .select()
    .from(webhooks)
    .where(and(lte(webhooks.expiresAt, sql.placeholder("now")), isNull(webhooks.deletedAt)))
    .limit(batchRows)
    .prepare();

  return () => {
    const over = selectOver.all({ now: clock() });
    for (const row of over) ends.lapse(row);
    return over.length > 0;
  };
}
