import { and, eq, sql } from "drizzle-orm";
import { dueAsAsked } from "@/domain/delivery/redelivery";
import type { Claim } from "../../store";
import { hotSelect } from "../connection/hot-statement";
import { sequencesOf } from "../connection/sequences";
import { shared } from "../connection/shared";
import { deliveries } from "../schema/tables";

/** Sends deliveries again that somebody asked for. Only inside `write`. */
export const redelivery = shared((connection) => {
  const { db } = connection;
  const sequences = sequencesOf(connection);
  const selectAsked = hotSelect(
    connection,
    db
      .select({ key: deliveries.key })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.key, sql.placeholder("delivery")),
          eq(deliveries.lease, sql.placeholder("lease")),
          eq(deliveries.isAskedAgain, true),
        ),
      ),
  );

  return {
    /** One in flight: nothing is sent beside it, but again if that attempt fails. */
    askAgain(key: number): void {
      db.update(deliveries).set({ isAskedAgain: true }).where(eq(deliveries.key, key)).run();
    },
    /** Whether that was asked for during this attempt. */
    isAskedAgain: ({ delivery, lease }: Pick<Claim, "delivery" | "lease">) =>
      selectAsked.get({ delivery, lease }) !== undefined,
    /** What had ended gets a fresh schedule; what waits just becomes due. Refresh the queue row after it. */
    sendAgain(key: number, wasPending: boolean, now: number): void {
      db.update(deliveries)
        .set({ ...dueAsAsked(wasPending, now), change: sequences.take("change", 1) })
        .where(eq(deliveries.key, key))
        .run();
    },
  };
});
