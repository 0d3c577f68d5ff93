import { eq, sql } from "drizzle-orm";
import { moved } from "@/domain/delivery/balance";
import { lostAttempt, lostError } from "@/domain/delivery/lost";
import { thisChange } from "../connection/change";
import type { Transaction } from "../connection/connection";
import { tellOfFailed } from "../event/system-events";
import { attempts, deliveries } from "../schema/tables";
import { refreshQueues } from "./queue-row";

type Row = Pick<
  typeof deliveries.$inferSelect,
  "key" | "day" | "webhookKey" | "isTest" | "attempts" | "leasedAt" | "leasedReason" | "nextReason"
>;

const { code: errorCode, message: errorMessage } = lostError;

/** Writes an attempt down whose worker never reported back: numbered, but it counts for nothing else. */
export async function recordLost({ db, now }: Transaction, delivery: Row): Promise<void> {
  await db.insert(attempts).values({
    day: delivery.day,
    deliveryKey: delivery.key,
    ...lostAttempt(delivery, now),
    errorCode,
    errorMessage,
  });
  await db
    .update(deliveries)
    .set({
      attempts: sql`${deliveries.attempts} + 1`,
      lostInARow: sql`${deliveries.lostInARow} + 1`,
      statusCode: null,
      refusal: null,
      durationMs: null,
      errorCode,
      errorMessage,
      change: thisChange,
    })
    .where(eq(deliveries.key, delivery.key));
}

/** Ends a delivery that loses every worker, or a test that lost its only attempt. Its queue row is locked. */
export async function endLost(tx: Transaction, delivery: Row): Promise<void> {
  const { db, now } = tx;
  await db
    .update(deliveries)
    .set({
      status: "failed",
      endedAt: now,
      errorCode,
      errorMessage,
      lease: sql`${deliveries.lease} + 1`,
      leasedBy: null,
      leasedAt: null,
      leasedReason: null,
      change: thisChange,
    })
    .where(eq(deliveries.key, delivery.key));
  if (delivery.isTest) return;
  await refreshQueues(db, [{ webhookKey: delivery.webhookKey, moves: moved("pending", "failed") }]);
  await tellOfFailed(tx, delivery.key);
}
