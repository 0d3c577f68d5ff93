import { and, asc, eq, inArray, lte, sql } from "drizzle-orm";
import {
  type Recovering,
  type RecoveryWindow,
  readFor,
  type RecoveryRange as SharedRange,
  windowEvents,
  windowOf,
} from "../../rows/recovery-window";
import type { Database } from "../connection/connection";
import { readPayloads } from "../read/payloads";
import { deliveries, events } from "../schema/tables";

/** `lastChange` is the snapshot of the moment when it was asked for: what ended later is no target. */
export type RecoveryRange = SharedRange & { lastChange: string };

/** What a recovery re-sends, found window by window: deliveries that had ended, and events that were missed. */
export async function findTargets(
  db: Database,
  webhooks: Recovering[],
  range: RecoveryRange,
): Promise<RecoveryWindow> {
  const { key, day, id, type, isTest, skipped, createdAt } = events;
  const found = await db
    .select({ key, day, id, type, isTest, skipped, createdAt })
    .from(events)
    .where(
      and(
        eq(events.customerKey, range.customerKey),
        sql`(${createdAt}, ${key}) > (${range.afterEventAt}, ${range.afterEvent})`,
        lte(createdAt, range.until),
      ),
    )
    .orderBy(asc(createdAt), asc(key))
    .limit(windowEvents(webhooks, range));
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
  const toRead = new Set(readFor(found, sent, webhooks, range));
  const bodies = await readPayloads(
    db,
    found.filter(({ key }) => toRead.has(key)).map(({ key, day }) => ({ eventKey: key, day })),
  );
  return windowOf(found, sent, webhooks, range, bodies);
}

const keysOf = (rows: { key: number }[]) => rows.map(({ key }) => key);
