import { and, asc, desc, eq, gt, isNotNull, lte, sql } from "drizzle-orm";
import { type Candidate, fullOf, shareTurns } from "@/domain/queue/turns";
import type { Claim, ClaimRequest, QueueStore } from "../../store";
import type { Connection } from "../connection/connection";
import { given, hotSelect, hotStatement } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { deliveries, webhookQueue } from "../schema/tables";
import { leasesOf } from "./lease";
import { queueRows } from "./queue-row";
import { testClaims } from "./test-claims";

type Verbs = Pick<QueueStore, "claimDeliveries" | "releaseDeliveries" | "nextDueInMs">;

/** Webhooks that one claim looks at. The others come first the next time, since these were served. */
const candidateLimit = 256;
/** Held deliveries that are compared to find the next probe. */
const probeCandidates = 256;

export function claimVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const sequences = sequencesOf(connection);
  const queue = queueRows(connection);
  const leases = leasesOf(connection);
  const tests = testClaims(connection);

  const now = sql.placeholder("now");
  // Conditions of partial indexes are written out: for a parameter, SQLite would prepare anew on every call.
  const ready = and(isNotNull(webhookQueue.readyAt), sql`${webhookQueue.isPaused} = 0`);
  const isReady = hotSelect(
    connection,
    db
      .select({ one: sql<number>`1` })
      .from(webhookQueue)
      .where(and(ready, lte(webhookQueue.readyAt, now)))
      .limit(1),
  );
  const selectCandidates = hotSelect(
    connection,
    db
      .select({
        webhookKey: webhookQueue.webhookKey,
        customerKey: webhookQueue.customerKey,
        isOpen: sql<boolean>`${webhookQueue.openedAt} is not null`.mapWith(Boolean),
        isDraining: webhookQueue.isDraining,
        drain: webhookQueue.drain,
        drained: webhookQueue.drained,
      })
      .from(webhookQueue)
      .where(
        and(
          ready,
          lte(webhookQueue.readyAt, now),
          sql`${webhookQueue.webhookKey} not in (select value from json_each(${sql.placeholder("fullWebhooks")}))`,
          sql`${webhookQueue.customerKey} not in (select value from json_each(${sql.placeholder("fullCustomers")}))`,
          // Lists that are looked up: one that is walked for each webhook would take the product of both.
          sql`not (${webhookQueue.isDraining}
            and ${webhookQueue.webhookKey} in (select value from json_each(${sql.placeholder("busyWebhooks")}))
            and (${webhookQueue.webhookKey}, ${webhookQueue.drain}) not in
              (select value ->> 0, value ->> 1 from json_each(${sql.placeholder("roomyDrains")})))`,
        ),
      )
      .orderBy(asc(webhookQueue.turn))
      .limit(candidateLimit),
  );
  const isDue = and(
    eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
    sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = 0`,
    lte(deliveries.dueAt, now),
  );
  const due = () => db.select({ key: deliveries.key }).from(deliveries).where(isDue);
  const limit = sql.placeholder("limit");
  const selectOldest = hotSelect(connection, due().orderBy(asc(deliveries.dueAt)).limit(limit));
  const selectNewest = hotSelect(connection, due().orderBy(desc(deliveries.dueAt)).limit(limit));
  const selectProbes = db
    .select({ key: deliveries.key, probes: deliveries.probes })
    .from(deliveries)
    .where(isDue)
    .orderBy(asc(deliveries.dueAt))
    .limit(probeCandidates)
    .prepare();
  const selectUnprobed = db
    .select({ key: deliveries.key })
    .from(deliveries)
    .where(and(isDue, eq(deliveries.probes, 0)))
    .orderBy(asc(deliveries.dueAt))
    .limit(1)
    .prepare();
  const selectLeastProbed = due().orderBy(asc(deliveries.probes), asc(deliveries.dueAt)).limit(1).prepare();
  const serve = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({
        turn: given("turn", webhookQueue.turn),
        drained: sql`${webhookQueue.drained} + ${sql.placeholder("count")}`,
        probeAt: sql`coalesce(${sql.placeholder("probeAt")}, ${webhookQueue.probeAt})`,
      })
      .where(eq(webhookQueue.webhookKey, sql.placeholder("webhookKey"))),
  );
  const endDrain = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({ isDraining: false })
      .where(eq(webhookQueue.webhookKey, sql.placeholder("webhookKey"))),
  );
  const nextReady = hotSelect(
    connection,
    db
      .select({ at: webhookQueue.readyAt })
      .from(webhookQueue)
      .where(and(ready, gt(webhookQueue.readyAt, now)))
      .orderBy(asc(webhookQueue.readyAt))
      .limit(1),
  );
  return {
    async claimDeliveries(request) {
      const at = { now: clock() };
      const hasTests = tests.areDue(request, at.now);
      const hasReady = request.slots > 0 && isReady.get(at) !== undefined;
      return hasTests || hasReady ? write(() => claim(request)) : [];
    },

    releaseDeliveries: (claims) =>
      write(() => {
        for (const claim of claims) leases.release(claim);
      }),

    async nextDueInMs() {
      const at = { now: clock() };
      const next = [nextReady.get(at)?.at, tests.nextDueAt(at.now)].filter(
        (time) => typeof time === "number",
      );
      return next.length === 0 ? null : Math.min(...next) - at.now;
    },
  };

  function claim(request: ClaimRequest): Claim[] {
    const at = clock();
    const claims = tests.claim(request, at);
    if (request.slots > 0) claims.push(...claimOrdinary(request, at));
    return claims.filter((claim) => claim !== null);
  }

  function claimOrdinary(request: ClaimRequest, at: number): (Claim | null)[] {
    const candidates = selectCandidates.all({ now: at, ...withoutPlace(request) });
    const turns = shareTurns(candidates, placesOf(request), (candidate, limit) =>
      dueOf(candidate, limit, at),
    );
    if (turns.length === 0) return [];
    const firstTurn = sequences.take("turn", turns.length);
    return turns.flatMap(({ candidate, deliveries: keys }, index) => {
      const reason = candidate.isOpen ? "probe" : null;
      const target = leases.findWebhook(candidate.webhookKey);
      const claims = keys.map((key) => leases.take(key, target, reason, request, at));
      serve.run({
        webhookKey: candidate.webhookKey,
        turn: firstTurn + index,
        count: keys.length,
        probeAt: candidate.isOpen && claims.some((claim) => claim !== null) ? at + request.leaseMs : null,
      });
      queue.refresh(candidate.webhookKey);
      if (candidate.isDraining) endDrainIfEmpty(candidate.webhookKey, at);
      return claims;
    });
  }

  /** Due deliveries of a webhook: the probe while its breaker is open, else in the order they should go. */
  function dueOf(candidate: Candidate, limit: number, at: number): number[] {
    const where = { webhookKey: candidate.webhookKey, now: at, limit };
    if (candidate.isOpen) return probeOf(where);
    const oldest = selectOldest.all(where).map(({ key }) => key);
    if (!candidate.isDraining || oldest.length < limit) return oldest;
    const newest = selectNewest.all(where).map(({ key }) => key);
    return interleave(oldest, newest, candidate.drained, limit);
  }

  /** Contract rule 5: the fewest probes, and the oldest of those; of a large backlog, the earliest due. */
  function probeOf(where: { webhookKey: number; now: number }): number[] {
    const held = selectProbes.all(where);
    if (held.length < probeCandidates) {
      return held
        .sort((a, b) => a.probes - b.probes || a.key - b.key)
        .slice(0, 1)
        .map(({ key }) => key);
    }
    // The first statement answers from the index; the second sorts, but only when all were probed.
    const probe = selectUnprobed.get(where) ?? selectLeastProbed.get(where);
    return probe ? [probe.key] : [];
  }

  function endDrainIfEmpty(webhookKey: number, at: number): void {
    if (selectOldest.get({ webhookKey, now: at, limit: 1 })) return;
    endDrain.run({ webhookKey });
  }
}

/** A customer may have as many places as are free. */
const placesOf = (request: ClaimRequest) => ({ ...request, customerShare: 1 });

/**
 * Webhooks and customers that have no free place, and the drains that have one beside what is in flight, as JSON. A
 * drain that this worker does not know yet begins with one at a time, and so has no place beside others.
 */
function withoutPlace(request: ClaimRequest) {
  const { inFlight, webhookCap, webhookCaps, drainCaps } = request;
  const fullWebhooks: number[] = [];
  const roomyDrains: [webhook: number, drain: number][] = [];
  for (const [key, count] of inFlight.byWebhook) {
    if (count >= (webhookCaps.get(key) ?? webhookCap)) fullWebhooks.push(key);
    const come = drainCaps.get(key);
    if (come && count < come.cap) roomyDrains.push([key, come.drain]);
  }
  return {
    fullWebhooks: JSON.stringify(fullWebhooks),
    busyWebhooks: JSON.stringify([...inFlight.byWebhook.keys()]),
    roomyDrains: JSON.stringify(roomyDrains),
    fullCustomers: JSON.stringify(fullOf(placesOf(request))),
  };
}

/** Contract rule 5: while a backlog drains, three of four turns go to the oldest, one to the newest. */
function interleave(oldest: number[], newest: number[], drained: number, limit: number): number[] {
  const chosen = new Set<number>();
  for (let turn = drained; chosen.size < limit; turn += 1) {
    const from = turn % 4 === 3 ? newest : oldest;
    const next = from.find((key) => !chosen.has(key));
    if (next === undefined) break;
    chosen.add(next);
  }
  return [...chosen];
}
