import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import {
  type Recovering,
  type RecoveryWindow,
  type RecoveryRange as SharedRange,
  windowEvents,
  windowOf,
} from "../../rows/recovery-window";
import type { Database } from "../connection/connection";
import { deliveries, events } from "../schema/tables";

/** `lastChange` is the snapshot of the moment when it was asked for: what ended later is no target. */
export type RecoveryRange = SharedRange & { lastChange: string };

/** What a recovery re-sends, found window by window: deliveries that had ended, and events that were missed. */
export async function findTargets(
  db: Database,
  webhooks: Recovering[],
  range: RecoveryRange,
): Promise<RecoveryWindow> {
  const { key, id, type, isTest, skipped, createdAt } = events;
  const found = await db
    .select({ key, id, type, isTest, skipped, createdAt })
    .from(events)
    .where(
      and(
        eq(events.customerKey, range.customerKey),
        sql`(${createdAt}, ${key}) > (${range.afterEventAt}, ${range.afterEvent})`,
        lte(createdAt, range.until),
      ),
    )
    .orderBy(asc(createdAt), asc(key))
    .limit(windowEvents(webhooks));
  const { status, statusCode, attempts, eventKey, webhookKey } = deliveries;
  const isKnown = sql`pg_visible_in_snapshot(${deliveries.change}::text::xid8, ${range.lastChange}::pg_snapshot)`;
  const hasChangedSince = sql<boolean>`not ${isKnown}`;
  const sent =
    found.length === 0
      ? []
      : await db
          .select({
            key: deliveries.key,
            eventKey,
            webhookKey,
            status,
            statusCode,
            attempts,
            hasChangedSince,
          })
          .from(deliveries)
          .where(and(inArray(eventKey, keysOf(found)), inArray(webhookKey, keysOf(webhooks))));
  return windowOf(found, sent, webhooks, range);
}

const keysOf = (rows: { key: number }[]) => rows.map(({ key }) => key);
