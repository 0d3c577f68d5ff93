import { and, asc, eq, lte, sql } from "drizzle-orm";
import { type RecoveryRange as Covered, recoveryTarget } from "@/domain/delivery/recovery";
import type { Connection } from "../connection/connection";
import { deliveries, events, type recoveries, type webhooks } from "../schema/tables";

export type Webhook = typeof webhooks.$inferSelect;
/** What a recovery covers, and how far it has come: every event up to `after…` is done. */
export type RecoveryRange = Covered &
  Pick<typeof recoveries.$inferSelect, "until" | "afterEventAt" | "afterEvent" | "events">;

/** A delivery that failed, and the status of its last answer. */
export type FailedDelivery = { key: number; eventId: string; statusCode: number | null };
export type MissedEvent = Pick<typeof events.$inferSelect, "key" | "type" | "skipped">;
/** The targets among a part of the events, and where the next part begins; null after the last one. */
type Window = {
  failed: FailedDelivery[];
  missed: MissedEvent[];
  /** How many events were looked at. */
  events: number;
  after: Pick<RecoveryRange, "afterEventAt" | "afterEvent"> | null;
};

/** Events that one look covers, whether they are targets or not: other callers wait for it. */
const windowRows = 200;

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

  return (webhook: Webhook, range: RecoveryRange): Window => {
    const rows = select.all({
      webhookKey: webhook.key,
      customerKey: webhook.customerKey,
      afterAt: range.afterEventAt,
      after: range.afterEvent,
      until: range.until,
    });
    const failed: FailedDelivery[] = [];
    const missed: MissedEvent[] = [];
    for (const row of rows) {
      const target = recoveryTarget(row, webhook, range);
      if (target === "missed") missed.push(row);
      else if (target === "failed" && row.delivery) failed.push({ ...row.delivery, eventId: row.id });
    }
    const last = rows.at(-1);
    return {
      failed,
      missed,
      events: rows.length,
      after: last ? { afterEventAt: last.createdAt, afterEvent: last.key } : null,
    };
  };
}
