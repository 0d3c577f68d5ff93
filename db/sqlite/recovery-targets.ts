import { and, asc, eq, gt, gte, lte, min, sql } from "drizzle-orm";
import type { Connection } from "./connection";
import { deliveries, events, type recoveries, type webhooks } from "./schema";

export type Webhook = typeof webhooks.$inferSelect;
/** What a recovery covers, and how far it has come: everything up to `after…` is done. */
export type RecoveryRange = Pick<
  typeof recoveries.$inferSelect,
  | "since"
  | "until"
  | "afterDelivery"
  | "lastDelivery"
  | "afterEventAt"
  | "afterEvent"
  | "lastEvent"
  | "lastChange"
  | "events"
  | "includeFailed"
  | "includeMissed"
>;

/** A part of the rows, the targets among them, and where the next part begins; null after the last one. */
type Window<T> = { targets: T[]; after: Partial<RecoveryRange> | null };
export type MissedEvent = { key: number; type: string };

/** Rows that one look covers, whether they are targets or not: other callers wait for it. */
const windowRows = 500;

/** What a recovery re-sends, found window by window: deliveries that failed, and events that were missed. */
export function recoveryTargets({ db }: Connection) {
  const selectDeliveries = db
    .select({
      key: deliveries.key,
      status: deliveries.status,
      change: deliveries.change,
      isTest: deliveries.isTest,
      acceptedAt: events.createdAt,
    })
    .from(deliveries)
    .innerJoin(events, eq(events.key, deliveries.eventKey))
    .where(
      and(
        eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
        gt(deliveries.key, sql.placeholder("after")),
        lte(deliveries.key, sql.placeholder("last")),
      ),
    )
    .orderBy(asc(deliveries.key))
    .limit(windowRows)
    .prepare();
  const selectEvents = db
    .select({
      key: events.key,
      type: events.type,
      isTest: events.isTest,
      skipped: events.skipped,
      createdAt: events.createdAt,
    })
    .from(events)
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
  const hasDelivery = db
    .select({ key: deliveries.key })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.eventKey, sql.placeholder("eventKey")),
        eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
      ),
    )
    .prepare();

  return {
    failed(webhook: Webhook, range: RecoveryRange): Window<number> {
      if (!range.includeFailed) return { targets: [], after: null };
      const rows = selectDeliveries.all({
        webhookKey: webhook.key,
        after: range.afterDelivery,
        last: range.lastDelivery,
      });
      const isTarget = (row: (typeof rows)[number]) =>
        row.status === "failed" &&
        row.change <= range.lastChange &&
        !row.isTest &&
        row.acceptedAt >= range.since &&
        row.acceptedAt <= range.until;
      const last = rows.at(-1);
      return {
        targets: rows.filter(isTarget).map(({ key }) => key),
        after: last ? { afterDelivery: last.key } : null,
      };
    },

    missed(webhook: Webhook, range: RecoveryRange): Window<MissedEvent> {
      if (!range.includeMissed) return { targets: [], after: null };
      const rows = selectEvents.all({
        customerKey: webhook.customerKey,
        afterAt: range.afterEventAt,
        after: range.afterEvent,
        until: range.until,
      });
      const isTarget = (row: (typeof rows)[number]) =>
        !row.isTest &&
        row.key <= range.lastEvent &&
        isMissed(webhook, range.events, row) &&
        !hasDelivery.get({ eventKey: row.key, webhookKey: webhook.key });
      const last = rows.at(-1);
      return {
        targets: rows.filter(isTarget).map(({ key, type }) => ({ key, type })),
        after: last ? { afterEventAt: last.createdAt, afterEvent: last.key } : null,
      };
    },

    /** The delivery that a scan from `since` on may begin after. */
    firstDelivery(customerKey: number, since: number): number {
      const first = db
        .select({ key: min(events.key) })
        .from(events)
        .where(and(eq(events.customerKey, customerKey), gte(events.createdAt, since)))
        .get();
      if (typeof first?.key !== "number") return Number.MAX_SAFE_INTEGER;
      const delivery = db
        .select({ key: deliveries.key })
        .from(deliveries)
        .where(gte(deliveries.eventKey, first.key))
        .orderBy(asc(deliveries.eventKey))
        .limit(1)
        .get();
      return delivery ? delivery.key - 1 : Number.MAX_SAFE_INTEGER;
    },
  };
}

/** It matched the filter while the webhook was inactive, or came before the webhook and matches `types`. */
function isMissed(
  webhook: Webhook,
  types: string[],
  event: Pick<typeof events.$inferSelect, "key" | "type" | "skipped">,
) {
  const reason = event.skipped.find(([key]) => key === webhook.key)?.[1];
  if (reason !== undefined) return reason === "inactive";
  return event.key <= webhook.afterEvent && types.includes(event.type);
}
