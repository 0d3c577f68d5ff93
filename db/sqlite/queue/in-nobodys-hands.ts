import { and, eq, isNotNull, isNull, lte, type SQL, sql } from "drizzle-orm";
import { unionAll } from "drizzle-orm/sqlite-core";
import type { Connection } from "../connection/connection";
import { deliveries, isTried } from "../schema/tables";

/**
 * Selects the keys of a webhook's deliveries that wait and that no worker has in flight, or none any more. `which`
 * narrows them. Placeholders: `webhookKey`, `now`.
 */
export function selectInNobodysHands({ db }: Pick<Connection, "db">, which?: SQL) {
  // Each in an index that holds nothing else, and in its words, or the whole history would be looked at.
  const pending = (kind: SQL | undefined) =>
    db
      .select({ key: deliveries.key })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
          sql`${deliveries.status} = 'pending' and ${deliveries.isTest} = 0`,
          kind,
          which,
        ),
      );
  const isLost = and(isNotNull(deliveries.leasedBy), lte(deliveries.dueAt, sql.placeholder("now")));
  const isWaiting = and(isNull(deliveries.leasedBy), sql`${isTried(deliveries)} in (0, 1)`);
  return unionAll(pending(isWaiting), pending(isLost));
}
