import { sql } from "drizzle-orm";
import { thisChange } from "../connection/change";
import type { Transaction } from "../connection/connection";
import { lockDeliveries } from "./lock-deliveries";

/**
 * Cancels up to `limit` of a webhook's deliveries that wait and that no worker has in flight, or none any more, and
 * answers how many. Whoever had one in flight can write nothing any more. `upTo` leaves out what is newer, and `askedAt`
 * what was in flight at that moment, though its lease may be over by now.
 */
export async function cancelWaiting(
  tx: Transaction,
  {
    webhookKey,
    upTo,
    askedAt = tx.now,
    limit,
  }: { webhookKey: number; upTo?: number; askedAt?: number; limit: number },
): Promise<number> {
  // Each in an index that holds nothing else, and in its words, or the whole history would be looked at.
  const kinds = [
    sql`leased_by is null and not (attempts > 0)`,
    sql`leased_by is null and attempts > 0`,
    sql`leased_by is not null and due_at <= ${askedAt}`,
  ].map(
    (kind) => sql`(select key from deliveries where webhook_key = ${webhookKey} and status = 'pending'
      and is_test = false and ${kind} and ${upTo === undefined ? sql`true` : sql`key <= ${upTo}`} limit ${limit})`,
  );
  const keys = await lockDeliveries(
    tx.db,
    sql`key in (select key from (${sql.join(kinds, sql` union all `)}) waiting limit ${limit})
      and status = 'pending' and (leased_by is null or due_at <= ${askedAt})`,
  );
  if (keys.length === 0) return 0;
  await cancel(tx, keys);
  return keys.length;
}

/** Cancels one that waited when its webhook was deleted. Nothing else is claimed past queues, and nothing counts tests. */
export const cancelTest = (tx: Transaction, key: number) => cancel(tx, [key]);

async function cancel({ db, now }: Transaction, keys: number[]): Promise<void> {
  await db.execute(sql`
    update deliveries set status = 'cancelled', ended_at = ${now}, lease = lease + 1, leased_by = null,
      leased_at = null, leased_reason = null, change = ${thisChange}
    where key = any(${sql.param(keys)}::bigint[])`);
}
