import { and, asc, gt, lte, sql } from "drizzle-orm";
import { shareLimits } from "@/domain/limits";
import { fullCustomers, type Places } from "@/domain/queue/places";
import { shareTurns } from "@/domain/queue/turns";
import type { Claim, ClaimRequest } from "../../store";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { deliveries } from "../schema/tables";
import { leasesOf } from "./lease";

/** Waiting tests that one claim looks at. A customer has five at most. */
const candidateLimit = 1_024;

/** Claims of tests: sent whatever holds their webhook, on places of their own, customers in turns. */
export function testClaims(connection: Connection) {
  const { db } = connection;
  const leases = leasesOf(connection);

  const now = sql.placeholder("now");
  // Those of listeners are taken by programs, but for what tries another URL; of what has lapsed, nothing is sent, and
  // once it is deleted a claim ends what is left of it.
  const isPending = sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = 1
    and (${deliveries.triedUrl} is not null or not exists (
      select 1 from webhooks w where w.key = ${deliveries.webhookKey}
        and (w.listener_name is not null or (w.expires_at <= ${now} and w.deleted_at is null))))`;
  const selectDue = hotSelect(
    connection,
    db
      .select({
        key: deliveries.key,
        webhookKey: deliveries.webhookKey,
        // The plus keeps SQLite from an index that would look at the customers' whole history.
        customerKey: sql<number>`+${deliveries.customerKey}`.mapWith(Number),
      })
      .from(deliveries)
      .where(
        and(
          isPending,
          lte(deliveries.dueAt, now),
          sql`+${deliveries.customerKey} not in (select value from json_each(${sql.placeholder("fullCustomers")}))`,
        ),
      )
      .orderBy(asc(deliveries.dueAt))
      .limit(sql.placeholder("limit")),
  );
  const selectNext = hotSelect(
    connection,
    db
      .select({ at: deliveries.dueAt })
      .from(deliveries)
      .where(and(isPending, gt(deliveries.dueAt, now)))
      .orderBy(asc(deliveries.dueAt))
      .limit(1),
  );

  return {
    /** Whether anything may be claimed. */
    areDue: (request: ClaimRequest, at: number) => dueTests(request, at, 1).length > 0,

    /** Only inside `write`. */
    claim(request: ClaimRequest, at: number): (Claim | null)[] {
      const candidates = dueTests(request, at, candidateLimit);
      const offers = candidates.map((test) => ({ ...unheld, ...test, due: [test.key] }));
      const turns = shareTurns(offers, placesOf(request));
      return turns.flatMap(({ offer: { key, webhookKey } }) =>
        leases.take([key], leases.findWebhook(webhookKey), "test", request, at),
      );
    },

    nextDueAt: (at: number): number | undefined => selectNext.get({ now: at })?.at,
  };

  /** Tests that are due, of customers who may have more. */
  function dueTests(request: ClaimRequest, at: number, limit: number) {
    if (request.testSlots === 0) return [];
    const full = fullCustomers(placesOf(request));
    return selectDue.all({ now: at, limit, fullCustomers: JSON.stringify(full) });
  }
}

const unheld = { isOpen: false, isDraining: false, drain: 0 };

function placesOf({ testSlots, testsInFlight }: ClaimRequest): Places {
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
