import { and, asc, lte, notInArray, type SQL, sql } from "drizzle-orm";
import { shareLimits } from "@/domain/limits";
import { fullCustomers, type Places } from "@/domain/queue/places";
import { shareTurns } from "@/domain/queue/turns";
import type { Claim, ClaimRequest } from "../../store";
import type { Transaction } from "../connection/connection";
import { deliveries } from "../schema/tables";
import { takeDeliveries } from "./lease";

/** Waiting tests that one claim looks at. A customer has five at most. */
const candidateLimit = 1_024;

/** In the words of its index. */
export const isPendingTest = sql`${deliveries.status} = 'pending' and ${deliveries.isTest}`;

/**
 * Those of listeners are taken by programs, but for what tries another URL; of what has lapsed by `now`, nothing is sent,
 * and once it is deleted a claim ends what is left of it.
 */
export const isTestOfWorkers = (now: SQL) =>
  sql`${isPendingTest} and (${deliveries.triedUrl} is not null or not exists (
  select from webhooks w where w.key = ${deliveries.webhookKey}
    and (w.listener_name is not null or (w.expires_at <= ${now} and w.deleted_at is null))))`;

/** Claims tests: sent whatever holds their webhook, on places of their own, customers in turns. */
export async function claimTests(tx: Transaction, request: ClaimRequest): Promise<Claim[]> {
  const places = testPlacesOf(request);
  const candidates = await findDueTests(tx, fullCustomers(places));
  const offers = candidates.map((test) => ({ ...unheld, ...test, due: [test.key] }));
  const tests = shareTurns(offers, places).map(({ offer }) => ({
    webhookKey: offer.webhookKey,
    keys: [offer.key],
    reason: "test" as const,
  }));
  return (await takeDeliveries(tx, tests, request)).flatMap(({ claims }) => claims);
}

const unheld = { isOpen: false, isDraining: false, drain: 0 };

/** Of customers who may have more. */
function findDueTests({ db, now }: Transaction, full: number[]) {
  const { key, webhookKey, customerKey, dueAt } = deliveries;
  return db
    .select({ key, webhookKey, customerKey })
    .from(deliveries)
    .where(and(isTestOfWorkers(sql`${now}::bigint`), lte(dueAt, now), notInArray(customerKey, full)))
    .orderBy(asc(dueAt), asc(key))
    .limit(candidateLimit);
}

export function testPlacesOf({ testSlots, testsInFlight }: ClaimRequest): Places {
  return {
    free: testSlots,
    slots: testSlots,
    inFlight: { byWebhook: new Map(), byCustomer: testsInFlight },
    customerCap: testSlots,
    // Dozens whose tests hang leave some places to others.
    customerShare: shareLimits.ofFreeForTests,
    webhookCap: testSlots,
    webhookCaps: new Map(),
    webhookRooms: new Map(),
    drainCaps: new Map(),
  };
}
