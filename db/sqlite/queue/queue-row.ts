import { and, asc, eq, exists, isNotNull, isNull, notExists, sql } from "drizzle-orm";
import { hotStatement } from "../connection/hot-statement";
import { shared } from "../connection/shared";
import { deliveries, webhookQueue } from "../schema/tables";

/**
 * Keeps a webhook's queue row true: `readyAt` is the first due time of what waits, and no earlier than the
 * next probe while the breaker is open, which is at once when somebody asked for one; null when nothing waits.
 */
export const queueRows = shared((connection) => {
  const { db } = connection;
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
        eq(deliveries.dueAt, webhookQueue.probeAt),
        eq(deliveries.leasedReason, "probe"),
      ),
    );
  const refreshOne = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({
        pending: sql`${webhookQueue.pending} + ${sql.placeholder("pendingChange")}`,
        readyAt: sql`(
        select iif(${webhookQueue.openedAt} is null, d.due_at, max(d.due_at, ${webhookQueue.probeAt}))
        from ${deliveries} d
        where d.webhook_key = ${webhookQueue.webhookKey} and d.status = 'pending' and d.is_test = 0
        order by d.due_at limit 1)`,
      })
      .where(eq(webhookQueue.webhookKey, key)),
  );
  // What somebody asked for waits for no probe delay, but for the end of a probe in flight, which is dated by its lease.
  const letAskedGo = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({ probeAt: sql`min(${webhookQueue.probeAt}, (${firstAsked}))` })
      .where(
        and(
          eq(webhookQueue.webhookKey, key),
          isNotNull(webhookQueue.openedAt),
          exists(firstAsked),
          notExists(probeInFlight),
        ),
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
    /** Call after anything that changed the due times, the breaker or the number of pending deliveries. */
    refresh(webhookKey: number, pendingChange = 0): void {
      letAskedGo.run({ webhookKey });
      refreshOne.run({ webhookKey, pendingChange });
    },
  };
});
