import { and, asc, eq, lte, sql } from "drizzle-orm";
import {
  type Recovering,
  type RecoveryWindow,
  readFor,
  type RecoveryRange as SharedRange,
  windowEvents,
  windowOf,
} from "../../rows/recovery-window";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { deliveries, events } from "../schema/tables";

/** `lastChange` is the latest of the moment when it was asked for: what ended later is no target. */
export type RecoveryRange = SharedRange & { lastChange: number };

/** What a recovery re-sends, found window by window: deliveries that had ended, and events that were missed. */
export function recoveryTargets(connection: Connection) {
  const { db } = connection;
  const { key, id, type, isTest, skipped, createdAt } = events;
  const selectEvents = hotSelect(
    connection,
    db
      .select({ key, id, type, isTest, skipped, createdAt })
      .from(events)
      .where(
        and(
          eq(events.customerKey, sql.placeholder("customerKey")),
          sql`(${createdAt}, ${key}) > (${sql.placeholder("afterAt")}, ${sql.placeholder("after")})`,
          lte(createdAt, sql.placeholder("until")),
        ),
      )
      .orderBy(asc(createdAt), asc(key))
      .limit(sql.placeholder("limit")),
  );
  const { status, statusCode, attempts, change, eventKey, webhookKey } = deliveries;
  const isOfEvents = sql`${eventKey} in (select value from json_each(${sql.placeholder("events")}))`;
  const selectDeliveries = db
    .select({ key: deliveries.key, eventKey, webhookKey, status, statusCode, attempts, change })
    .from(deliveries)
    .where(and(isOfEvents, eq(webhookKey, sql.placeholder("webhook"))))
    .prepare();
  const selectBodies = db
    .select({ key, payload: events.payload })
    .from(events)
    .where(sql`${key} in (select value from json_each(${sql.placeholder("keys")}))`)
    .prepare();
  const readBodies = (keys: number[]) =>
    new Map(
      keys.length === 0
        ? []
        : selectBodies.all({ keys: JSON.stringify(keys) }).map(({ key, payload }) => [key, payload]),
    );

  return (webhooks: Recovering[], range: RecoveryRange): RecoveryWindow => {
    const found = selectEvents.all({
      customerKey: range.customerKey,
      afterAt: range.afterEventAt,
      after: range.afterEvent,
      until: range.until,
      limit: windowEvents(webhooks, range),
    });
    const foundKeys = JSON.stringify(found.map(({ key }) => key));
    const sent = webhooks.flatMap((webhook) =>
      selectDeliveries.all({ events: foundKeys, webhook: webhook.key }),
    );
    const ofEvents = sent.map(({ change, ...each }) => ({
      ...each,
      hasChangedSince: change > range.lastChange,
    }));
    const bodies = readBodies(readFor(found, ofEvents, webhooks, range));
    return windowOf(found, ofEvents, webhooks, range, bodies);
  };
}
