import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import type { Claim } from "../../store";
import type { Database } from "../connection/connection";
import { deliveries } from "../schema/tables";

/** A delivery whose lease is still a claim's. */
export type Held = { key: number; lease: number; dueAt: number; isAskedAgain: boolean };

/**
 * The deliveries of these claims whose leases are still theirs, by key: nobody else changes them until this transaction
 * ends. In the order of keys, so that two transactions never wait for one another.
 */
export async function lockHeld(db: Database, claims: Claim[]): Promise<Map<number, Held>> {
  const keys = claims.map(({ delivery }) => delivery);
  const rows = await db
    .select({
      key: deliveries.key,
      lease: deliveries.lease,
      dueAt: deliveries.dueAt,
      isAskedAgain: deliveries.isAskedAgain,
    })
    .from(deliveries)
    .where(
      and(inArray(deliveries.key, keys), isNotNull(deliveries.leasedBy), eq(deliveries.status, "pending")),
    )
    .orderBy(asc(deliveries.key))
    .for("no key update");
  const byKey = new Map(rows.map((row) => [row.key, row]));
  return new Map(
    claims.flatMap(({ delivery, lease }) => {
      const row = byKey.get(delivery);
      return row?.lease === lease ? [[delivery, row] as const] : [];
    }),
  );
}
