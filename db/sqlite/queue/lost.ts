import { eq, sql } from "drizzle-orm";
import { moved } from "@/domain/delivery/balance";
import { lostAttempt, lostError } from "@/domain/delivery/lost";
import type { Connection } from "../connection/connection";
import { sequencesOf } from "../connection/sequences";
import { systemEvents } from "../event/system-events";
import { attempts, deliveries } from "../schema/tables";
import { queueRows } from "./queue-row";

type Row = Pick<
  typeof deliveries.$inferSelect,
  "key" | "webhookKey" | "isTest" | "attempts" | "leasedAt" | "leasedReason" | "nextReason"
>;

const { code: errorCode, message: errorMessage } = lostError;

/** Writes what became of attempts whose worker never reported back. Only inside `write`. */
export function lostAttempts(connection: Connection) {
  const { db } = connection;
  const sequences = sequencesOf(connection);
  const queue = queueRows(connection);
  const system = systemEvents(connection);

  return {
    /** Writes the lost attempt down: numbered, but it counts for nothing else. */
    record(delivery: Row, now: number): void {
      db.insert(attempts)
        .values({ deliveryKey: delivery.key, ...lostAttempt(delivery, now), errorCode, errorMessage })
        .run();
      db.update(deliveries)
        .set({
          attempts: sql`${deliveries.attempts} + 1`,
          lostInARow: sql`${deliveries.lostInARow} + 1`,
          statusCode: null,
          refusal: null,
          durationMs: null,
          errorCode,
          errorMessage,
          change: sequences.take("change", 1),
        })
        .where(eq(deliveries.key, delivery.key))
        .run();
    },

    /** Ends a delivery that loses every worker, or a test that lost its only attempt. */
    end(delivery: Row, now: number): void {
      db.update(deliveries)
        .set({
          status: "failed",
          endedAt: now,
          errorCode,
          errorMessage,
          lease: sql`${deliveries.lease} + 1`,
          leasedBy: null,
          leasedAt: null,
          leasedReason: null,
          change: sequences.take("change", 1),
        })
        .where(eq(deliveries.key, delivery.key))
        .run();
      if (delivery.isTest) return;
      queue.refresh(delivery.webhookKey, moved("pending", "failed"));
      system.deliveryFailed(delivery.key);
    },
  };
}
