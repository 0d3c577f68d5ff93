import { and, asc, eq, exists, isNotNull, isNull, notExists, type SQL, sql } from "drizzle-orm";
import type { Moves } from "@/domain/delivery/balance";
import type { QueueState } from "@/domain/webhook/queue-state";
import { given, hotStatement } from "../connection/hot-statement";
import { shared } from "../connection/shared";
import { deliveries, isTried, webhookQueue } from "../schema/tables";
import { counters } from "./counters";

/**
 * Keeps a webhook's queue row true: `readyAt` is the first due time of what waits, and no earlier than its limit has
 * a token, or than the next probe while the breaker is open, which is at once when somebody asked for one; null when
 * nothing waits.
 */
export const queueRows = shared((connection) => {
  const { db } = connection;
  const { moveFormer } = counters(connection);
  const key = sql.placeholder("webhookKey");
  const waiting = sql`${deliveries.webhookKey} = ${webhookQueue.webhookKey} and ${deliveries.status} = 'pending'`;
  const firstAsked = db
    .select({ at: deliveries.dueAt })
    .from(deliveries)
    .where(and(waiting, sql`${deliveries.isAskedAgain} = 1`, isNull(deliveries.leasedBy)))
    .orderBy(asc(deliveries.dueAt))
    .limit(1);
  const probeInFlight = db
    .select({ key: deliveries.key })
    .from(deliveries)
    .where(
      and(
        waiting,
        sql`${deliveries.isTest} = 0`,
        isNotNull(deliveries.leasedBy),
        eq(deliveries.dueAt, webhookQueue.probeAt),
        eq(deliveries.leasedReason, "probe"),
      ),
    );
  // Each in an index of its own: what was not tried yet, what was, and what is in flight until its lease ends.
  const firstOf = (kind: SQL) => sql`select min(${deliveries.dueAt}) as at from ${deliveries}
    where ${waiting} and ${deliveries.isTest} = 0 and ${kind}`;
  const isWaiting = sql`${deliveries.leasedBy} is null and ${isTried(deliveries)}`;
  const first = sql`(select min(at) from (
    ${firstOf(sql`${isWaiting} = 0`)} union all ${firstOf(sql`${isWaiting} = 1`)}
    union all ${firstOf(sql`${deliveries.leasedBy} is not null`)}))`;
  const isOfWebhook = eq(webhookQueue.webhookKey, key);
  const nextOfRate = sql`ceil(${webhookQueue.rateNextAt})`;
  const refreshOne = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({
        ...moved,
        readyAt: sql`max(${first}, iif(${webhookQueue.openedAt} is null, ${nextOfRate}, ${webhookQueue.probeAt}))`,
      })
      .where(isOfWebhook),
  );
  const saveOne = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({
        isPaused: given("isPaused", webhookQueue.isPaused),
        failures: given("failures", webhookQueue.failures),
        succeededAt: given("succeededAt", webhookQueue.succeededAt),
        openedAt: given("openedAt", webhookQueue.openedAt),
        probesMade: given("probesMade", webhookQueue.probesMade),
        isProbeRefused: given("isProbeRefused", webhookQueue.isProbeRefused),
        probeDelayMs: given("probeDelayMs", webhookQueue.probeDelayMs),
        probeAt: given("probeAt", webhookQueue.probeAt),
        isDraining: given("isDraining", webhookQueue.isDraining),
        drain: given("drain", webhookQueue.drain),
        ratePerSecond: given("ratePerSecond", webhookQueue.ratePerSecond),
        rateNextAt: given("rateNextAt", webhookQueue.rateNextAt),
        ...moved,
        readyAt: sql`max(${first}, ${sql.placeholder("notBefore")})`,
      })
      .where(isOfWebhook),
  );
  const serveOne = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({
        turn: given("turn", webhookQueue.turn),
        drained: sql`${webhookQueue.drained} + ${sql.placeholder("count")}`,
        rateNextAt: given("rateNextAt", webhookQueue.rateNextAt),
        readyAt: sql`max(${first}, ceil(${sql.placeholder("rateNextAt")}))`,
      })
      .where(isOfWebhook),
  );
  // What somebody asked for waits for no probe delay, but for the end of a probe in flight, which is dated by its lease.
  const letAskedGo = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({ probeAt: sql`min(${webhookQueue.probeAt}, (${firstAsked}))` })
      .where(
        and(isOfWebhook, isNotNull(webhookQueue.openedAt), exists(firstAsked), notExists(probeInFlight)),
      ),
  );
  return {
    /**
     * A probe came to nothing: the next one may go at once, if it was this one, whose lease ends at `leaseEnd`,
     * that kept it waiting. Call before `refresh`.
     */
    probeAgain(webhookKey: number, leaseEnd: number, now: number): void {
      db.update(webhookQueue)
        .set({ probeAt: now })
        .where(and(eq(webhookQueue.webhookKey, webhookKey), eq(webhookQueue.probeAt, leaseEnd)))
        .run();
    },
    /** The same for a probe that told nothing of the endpoint: the next one goes after the same pause. */
    probeLater(webhookKey: number, leaseEnd: number, now: number): void {
      db.update(webhookQueue)
        .set({ probeAt: sql`${now} + ${webhookQueue.probeDelayMs}` })
        .where(and(eq(webhookQueue.webhookKey, webhookKey), eq(webhookQueue.probeAt, leaseEnd)))
        .run();
    },
    /** Call after anything that changed the due times, the breaker, or the status of deliveries. */
    refresh,
    /** Writes what was decided of it, and refreshes it: in one, for it happens after every few attempts. */
    save(webhookKey: number, queue: QueueState, moves: Moves): void {
      const notBefore = queue.openedAt === null ? Math.ceil(queue.rateNextAt) : queue.probeAt;
      saveOne.run({ webhookKey, ...queue, ...changes(moves), notBefore });
      if (queue.openedAt !== null) refresh(webhookKey);
    },
    /** `count` deliveries got their turn. While one is the probe, `probeAt` is the time before which there is no other. */
    serve({ webhookKey, turn, count, isOpen, probeAt, rateNextAt }: Served): void {
      serveOne.run({ webhookKey, turn, count, rateNextAt });
      if (probeAt !== null)
        db.update(webhookQueue).set({ probeAt }).where(eq(webhookQueue.webhookKey, webhookKey)).run();
      if (isOpen) refresh(webhookKey);
    },
  };

  function refresh(webhookKey: number, moves?: Moves): void {
    letAskedGo.run({ webhookKey });
    const { changes: found } = refreshOne.run({ webhookKey, ...changes(moves) });
    if (found === 0 && moves) moveFormer(webhookKey, moves);
  }
});

/** What is counted of a webhook's deliveries, by their status. */
const moved = {
  pending: sql`${webhookQueue.pending} + ${sql.placeholder("pendingChange")}`,
  delivered: sql`${webhookQueue.delivered} + ${sql.placeholder("deliveredChange")}`,
  failed: sql`${webhookQueue.failed} + ${sql.placeholder("failedChange")}`,
  cancelled: sql`${webhookQueue.cancelled} + ${sql.placeholder("cancelledChange")}`,
};

const changes = ({ pending = 0, delivered = 0, failed = 0, cancelled = 0 }: Moves = {}) => ({
  pendingChange: pending,
  deliveredChange: delivered,
  failedChange: failed,
  cancelledChange: cancelled,
});

type Served = {
  webhookKey: number;
  turn: number;
  count: number;
  isOpen: boolean;
  probeAt: number | null;
  rateNextAt: number;
};
