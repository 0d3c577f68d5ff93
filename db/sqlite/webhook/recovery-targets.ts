import { and, asc, eq, lte, sql } from "drizzle-orm";
import {
  type Recovering,
  type RecoveryWindow,
  type RecoveryRange as SharedRange,
  windowOf,
  windowRows,
} from "../../rows/recovery-window";
import type { Connection } from "../connection/connection";
import { deliveries, events } from "../schema/tables";

/** `lastChange` is the latest of the moment when it was asked for: what failed later is no target. */
export type RecoveryRange = SharedRange & { lastChange: number };

/** What a recovery re-sends, found window by window: deliveries that failed, and events that were missed. */
export function recoveryTargets({ db }: Connection) {
  const select = db
    .select({
      key: events.key,
      id: events.id,
      type: events.type,
      isTest: events.isTest,
      skipped: events.skipped,
      createdAt: events.createdAt,
      delivery: {
        key: deliveries.key,
        status: deliveries.status,
        change: deliveries.change,
        statusCode: deliveries.statusCode,
      },
    })
    .from(events)
    .leftJoin(
      deliveries,
      and(eq(deliveries.eventKey, events.key), eq(deliveries.webhookKey, sql.placeholder("webhookKey"))),
    )
    .where(
      and(
        eq(events.customerKey, sql.placeholder("customerKey")),
        sql`(${events.createdAt}, ${events.key}) > (${sql.placeholder("afterAt")}, ${sql.placeholder("after")})`,
        lte(events.createdAt, sql.placeholder("until")),
      ),
    )
    .orderBy(asc(events.createdAt), asc(events.key))
    .limit(windowRows)
    .prepare();

  return (webhook: Recovering, range: RecoveryRange): RecoveryWindow => {
    const rows = select.all({
      webhookKey: webhook.key,
      customerKey: webhook.customerKey,
      afterAt: range.afterEventAt,
      after: range.afterEvent,
      until: range.until,
    });
    return windowOf(
      rows.map(({ delivery, ...event }) => ({
        ...event,
        delivery: delivery && { ...delivery, hasChangedSince: delivery.change > range.lastChange },
      })),
      webhook,
      range,
    );
  };
}
