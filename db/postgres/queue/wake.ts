import { type SQL, sql } from "drizzle-orm";
import { fullCustomers } from "@/domain/queue/places";
import type { ClaimRequest } from "../../store";
import { type Database, epochMs, type Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { statement } from "../connection/statement";
import { deliveries, webhookQueue, webhooks } from "../schema/tables";
import { isReady } from "./ready-webhooks";
import { isTestOfWorkers, testPlacesOf } from "./test-claims";

/** Whether a pause is over, and a test due. */
type Due = { pauses: boolean; tests: boolean };

/** What a claim may find besides queues. Takes no lock. */
export async function lookForDue({ db, now }: Transaction, request: ClaimRequest): Promise<Due> {
  const full = fullCustomers(testPlacesOf(request));
  const { pauses, tests } = onlyOne(await look(db, { at: now, full }));
  return { pauses, tests: tests && request.testSlots > 0 };
}

const look = statement<Due>(sql`select
  exists (select from ${webhooks} where ${webhooks.pausedUntil} <= ${at()}) as pauses,
  exists (select from ${deliveries} where ${isTestOfWorkers(at())} and ${deliveries.dueAt} <= ${at()}
    and ${deliveries.customerKey} <> all(${sql.placeholder("full")}::bigint[])) as tests`);

/** Until something that is not due yet may be claimed, or a pause ends; null when nothing will. `at` is null for now. */
export async function nextClaimInMs(db: Database, at: number | null): Promise<number | null> {
  const { ms } = onlyOne(await next(db, { at }));
  return ms && Math.max(0, ms);
}

const next = statement<{ ms: number | null }>(sql`select least(
  ${first(sql`ready_at`, sql`from ${webhookQueue} where ${isReady} and ready_at > ${at()}`)},
  ${first(sql`due_at`, sql`from ${deliveries} where ${isTestOfWorkers(at())} and due_at > ${at()}`)},
  ${first(sql`paused_until`, sql`from ${webhooks} where paused_until is not null`)}) - ${at()} as ms`);

function first(time: SQL, rest: SQL): SQL {
  return sql`(select ${time} ${rest} order by ${time} limit 1)`;
}

function at(): SQL {
  return sql`(select coalesce(${sql.placeholder("at")}::bigint, ${sql.raw(epochMs)}))`;
}
