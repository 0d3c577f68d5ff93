import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Connection } from "../connection/connection";
import { deliveries, isTried, webhookQueue } from "../schema/tables";
import { queueRows } from "./queue-row";

/** A clock that is corrected by less makes a retry late by as much, and no later. */
const slackMs = 24 * 3_600_000;
/** Of which one step looks for one that it can help. */
const webhookRows = 100;

/**
 * Makes due what a wrong clock put off: a retry, probe or limit that was dated while the clock was ahead would wait
 * for that date once the clock is right again. `longestPauseMs` is the longest that any rule lets a delivery wait. One
 * webhook each time; false when there was none. Only inside `write`.
 */
export function putOffStep(connection: Connection): (longestPauseMs: number) => boolean {
  const { db, clock } = connection;
  const queue = queueRows(connection);
  const putOff = db
    .select({ key: webhookQueue.webhookKey })
    .from(webhookQueue)
    .where(and(gt(webhookQueue.readyAt, sql.placeholder("latest")), sql`${webhookQueue.isPaused} = 0`))
    .orderBy(desc(webhookQueue.readyAt))
    .limit(webhookRows)
    .prepare();

  return (longestPauseMs) => {
    const now = clock();
    const latest = now + longestPauseMs + slackMs;
    return putOff.all({ latest }).some(({ key }) => makeDue(key, latest, now));
  };

  function makeDue(webhookKey: number, latest: number, now: number): boolean {
    const isPutOff = and(
      eq(deliveries.webhookKey, webhookKey),
      sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = 0 and ${isTried(deliveries)} in (0, 1)`,
      gt(deliveries.dueAt, latest),
      isNull(deliveries.leasedBy), // else it is dated by its lease, which its worker ends
    );
    const due = db.update(deliveries).set({ dueAt: now }).where(isPutOff).run();
    const isProbePutOff = and(eq(webhookQueue.webhookKey, webhookKey), gt(webhookQueue.probeAt, latest));
    const probes = db.update(webhookQueue).set({ probeAt: now }).where(isProbePutOff).run();
    const isLimitPutOff = and(eq(webhookQueue.webhookKey, webhookKey), gt(webhookQueue.rateNextAt, latest));
    const limits = db.update(webhookQueue).set({ rateNextAt: now }).where(isLimitPutOff).run();
    queue.refresh(webhookKey);
    return due.changes + probes.changes + limits.changes > 0;
  }
}
