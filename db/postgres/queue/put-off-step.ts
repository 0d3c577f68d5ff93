import { and, desc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Transaction } from "../connection/connection";
import { deliveries, webhookQueue } from "../schema/tables";
import { lockQueues, refreshQueues } from "./queue-row";
import { isReady } from "./ready-webhooks";

/** A clock that is corrected by less makes a retry late by as much, and no later. */
const slackMs = 24 * 3_600_000;
/** Of which one step looks for one that it can help. */
const webhookRows = 100;

/**
 * Makes due what a wrong clock put off: a retry, probe or limit that was dated while the clock was ahead would wait
 * for that date once the clock is right again. `longestPauseMs` is the longest that any rule lets a delivery wait. One
 * webhook each time; false when there was none.
 */
export async function putOffStep({ db, now }: Transaction, longestPauseMs: number): Promise<boolean> {
  const latest = now + longestPauseMs + slackMs;
  const putOff = await db
    .select({ key: webhookQueue.webhookKey })
    .from(webhookQueue)
    .where(and(isReady, gt(webhookQueue.readyAt, latest)))
    .orderBy(desc(webhookQueue.readyAt))
    .limit(webhookRows);
  for (const { key } of putOff) {
    if (await makeDue({ db, now }, key, latest)) return true;
  }
  return false;
}

async function makeDue({ db, now }: Transaction, webhookKey: number, latest: number): Promise<boolean> {
  const isPutOff = and(
    eq(deliveries.webhookKey, webhookKey),
    sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = false`,
    gt(deliveries.dueAt, latest),
    isNull(deliveries.leasedBy), // else it is dated by its lease, which its worker ends
  );
  const due = await db.update(deliveries).set({ dueAt: now }).where(isPutOff);
  await lockQueues(db, [webhookKey]);
  const isProbePutOff = and(eq(webhookQueue.webhookKey, webhookKey), gt(webhookQueue.probeAt, latest));
  const probes = await db.update(webhookQueue).set({ probeAt: now }).where(isProbePutOff);
  const isLimitPutOff = and(eq(webhookQueue.webhookKey, webhookKey), gt(webhookQueue.rateNextAt, latest));
  const limits = await db.update(webhookQueue).set({ rateNextAt: now }).where(isLimitPutOff);
  await refreshQueues(db, [{ webhookKey }]);
  return (due.rowCount ?? 0) + (probes.rowCount ?? 0) + (limits.rowCount ?? 0) > 0;
}
