import { type SQL, sql } from "drizzle-orm";
import { fullCustomers } from "@/domain/queue/places";
import type { ClaimRequest } from "../../store";
import type { Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { deliveries, webhookQueue, webhooks } from "../schema/tables";
import { isReady } from "./ready-webhooks";
import { isPendingTest, testPlacesOf } from "./test-claims";

/** Whether a claim may find anything. Most find nothing: this one takes no lock, and wakes nobody. */
export async function mayClaim(db: Database, request: ClaimRequest, at: number): Promise<boolean> {
  const full = sql.param(fullCustomers(testPlacesOf(request)));
  const kinds = [
    sql`select from ${webhooks} where ${webhooks.pausedUntil} <= ${at}`,
    request.slots > 0 &&
      sql`select from ${webhookQueue} where ${isReady} and ${webhookQueue.readyAt} <= ${at}`,
    request.testSlots > 0 &&
      sql`select from ${deliveries} where ${isPendingTest} and ${deliveries.dueAt} <= ${at}
        and ${deliveries.customerKey} <> all(${full}::bigint[])`,
  ].filter((kind) => kind !== false);
  const isAny = sql.join(
    kinds.map((kind) => sql`exists (${kind})`),
    sql` or `,
  );
  const { rows } = await db.execute<{ is_any: boolean }>(sql`select ${isAny} as is_any`);
  return onlyOne(rows).is_any;
}

/** When something that is not due yet may be claimed, or a pause ends; null when nothing will. */
export async function nextClaimAt(db: Database, at: number): Promise<number | null> {
  const first = (time: SQL, rest: SQL) => sql`(select ${time} ${rest} order by ${time} limit 1)`;
  const { rows } = await db.execute<{ next: string | null }>(sql`select least(
    ${first(sql`ready_at`, sql`from ${webhookQueue} where ${isReady} and ready_at > ${at}`)},
    ${first(sql`due_at`, sql`from ${deliveries} where ${isPendingTest} and due_at > ${at}`)},
    ${first(sql`paused_until`, sql`from ${webhooks} where paused_until is not null`)}) as next`);
  const { next } = onlyOne(rows);
  return next === null ? null : Number(next);
}
