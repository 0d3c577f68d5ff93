import { and, asc, eq, lte, sql } from "drizzle-orm";
import {
  type Recovering,
  type RecoveryWindow,
  type RecoveryRange as SharedRange,
  windowOf,
  windowRows,
} from "../../rows/recovery-window";
import type { Database } from "../connection/connection";
import { deliveries, events } from "../schema/tables";

/** `lastChange` is the snapshot of the moment when it was asked for: what failed later is no target. */
export type RecoveryRange = SharedRange & { lastChange: string };

/** What a recovery re-sends, found window by window: deliveries that failed, and events that were missed. */
export async function findTargets(
  db: Database,
  webhook: Recovering,
  range: RecoveryRange,
): Promise<RecoveryWindow> {
  const { key, id, type, isTest, skipped, createdAt } = events;
  const isKnown = sql`pg_visible_in_snapshot(${deliveries.change}::text::xid8, ${range.lastChange}::pg_snapshot)`;
  const rows = await db
    .select({
      event: { key, id, type, isTest, skipped, createdAt },
      delivery: {
        key: deliveries.key,
        status: deliveries.status,
        statusCode: deliveries.statusCode,
        hasChangedSince: sql<boolean>`not ${isKnown}`,
      },
    })
    .from(events)
    .leftJoin(deliveries, and(eq(deliveries.eventKey, events.key), eq(deliveries.webhookKey, webhook.key)))
    .where(
      and(
        eq(events.customerKey, webhook.customerKey),
        sql`(${createdAt}, ${key}) > (${range.afterEventAt}, ${range.afterEvent})`,
        lte(createdAt, range.until),
      ),
    )
    .orderBy(asc(createdAt), asc(key))
    .limit(windowRows);
  return windowOf(
    rows.map(({ event, delivery }) => ({ ...event, delivery })),
    webhook,
    range,
  );
}
