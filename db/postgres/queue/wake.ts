import { type SQL, sql } from "drizzle-orm";
import { fullCustomers } from "@/domain/queue/places";
import type { ClaimRequest } from "../../store";
import { type Database, epochMs } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { statement } from "../connection/statement";
import { deliveries, webhookQueue, webhooks } from "../schema/tables";
import { isReady } from "./ready-webhooks";
import { isPendingTest, testPlacesOf } from "./test-claims";

/** Whether a pause is over, and a queue or a test due. */
export type Due = { pauses: boolean; queues: boolean; tests: boolean; isAny: boolean };

/** What a claim may find. Most find nothing: this takes no lock, and wakes nobody. `at` is null for the database's now. */
export async function lookForDue(db: Database, request: ClaimRequest, at: number | null): Promise<Due> {
  const full = fullCustomers(testPlacesOf(request));
  const due = onlyOne(await look(db, { at, full }));
  const queues = due.queues && request.slots > 0;
  const tests = due.tests && request.testSlots > 0;
  return { pauses: due.pauses, queues, tests, isAny: due.pauses || queues || tests };
}

const now = sql`(select coalesce(${sql.placeholder("at")}::bigint, ${sql.raw(epochMs)}))`;

const look = statement<Omit<Due, "isAny">>(sql`select
  exists (select from ${webhooks} where ${webhooks.pausedUntil} <= ${now}) as pauses,
  exists (select from ${webhookQueue} where ${isReady} and ${webhookQueue.readyAt} <= ${now}) as queues,
  exists (select from ${deliveries} where ${isPendingTest} and ${deliveries.dueAt} <= ${now}
    and ${deliveries.customerKey} <> all(${sql.placeholder("full")}::bigint[])) as tests`);

/** Until something that is not due yet may be claimed, or a pause ends; null when nothing will. */
export async function nextClaimInMs(db: Database, at: number | null): Promise<number | null> {
  const { ms } = onlyOne(await next(db, { at }));
  return ms && Math.max(0, ms);
}

const next = statement<{ ms: number | null }>(sql`select least(
  ${first(sql`ready_at`, sql`from ${webhookQueue} where ${isReady} and ready_at > ${now}`)},
  ${first(sql`due_at`, sql`from ${deliveries} where ${isPendingTest} and due_at > ${now}`)},
  ${first(sql`paused_until`, sql`from ${webhooks} where paused_until is not null`)}) - ${now} as ms`);

function first(time: SQL, rest: SQL): SQL {
  return sql`(select ${time} ${rest} order by ${time} limit 1)`;
}
