import { and, asc, eq, gt, isNotNull, sql } from "drizzle-orm";
import { moved } from "@/domain/delivery/balance";
import type { Database, Transaction } from "../connection/connection";
import { cancelWaiting } from "../queue/cancel";
import { moveFormer } from "../queue/counters";
import { deliveries, webhooks } from "../schema/tables";

/** Rows that one transaction touches: whoever ends one of them waits for it. */
const cancelBatch = 500;

/**
 * Cancels some of what waits for one deleted webhook, which take turns. False when nothing is left to do for now:
 * what is in flight still ends as it ends, and is looked at again after that.
 */
export function cancelStep(): (tx: Transaction) => Promise<boolean> {
  let served = 0;

  return async (tx) => {
    const { db } = tx;
    const webhook = (await findCancelling(db, served)) ?? (await findCancelling(db, 0));
    if (!webhook) return false;
    const { key: webhookKey } = webhook;
    served = webhookKey;
    const cancelled = await cancelWaiting(tx, { webhookKey, limit: cancelBatch });
    if (cancelled > 0) {
      await moveFormer(db, [{ webhookKey, moves: moved("pending", "cancelled", cancelled) }]);
      return true;
    }
    if (await isInFlight(db, webhookKey)) return false;
    await db.update(webhooks).set({ isCancelling: false }).where(eq(webhooks.key, webhookKey));
    return true;
  };
}

async function findCancelling(db: Database, after: number) {
  const [next] = await db
    .select({ key: webhooks.key })
    .from(webhooks)
    .where(and(sql`${webhooks.isCancelling}`, gt(webhooks.key, after)))
    .orderBy(asc(webhooks.key))
    .limit(1);
  return next;
}

async function isInFlight(db: Database, webhookKey: number): Promise<boolean> {
  const isHeld = and(
    eq(deliveries.webhookKey, webhookKey),
    isNotNull(deliveries.leasedBy),
    sql`${deliveries.isTest} = false`,
  );
  const held = await db.select({ key: deliveries.key }).from(deliveries).where(isHeld).limit(1);
  return held.length > 0;
}
