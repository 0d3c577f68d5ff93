import type { DeliveryStatus } from "@/domain/delivery/decide";
import type { Skipped } from "@/domain/event/fan-out";

/** How what matched ended for a webhook, or that it was missed. */
export type End = Exclude<DeliveryStatus, "pending"> | "missed";
/** Something that retention removed. */
export type Pruned = { webhookKey: number; customerKey: number; end: End };
/** How many of a webhook ended so. */
export type PrunedCount = { webhookKey: number; customerKey: number; ends: Record<End, number> };

type PrunedDelivery = { webhookKey: number; customerKey: number; status: DeliveryStatus; isTest: boolean };
type PrunedEvent = { customerKey: number; skipped: Skipped[] };

/** Tests are not counted. */
export const prunedDeliveries = (rows: PrunedDelivery[]): Pruned[] =>
  rows.flatMap(({ webhookKey, customerKey, status, isTest }) =>
    isTest || status === "pending" ? [] : [{ webhookKey, customerKey, end: status }],
  );

/** Of each webhook that missed one of these events. */
export const prunedMissed = (events: PrunedEvent[]): Pruned[] =>
  events.flatMap(({ customerKey, skipped }) =>
    skipped.flatMap(([webhookKey, reason]): Pruned[] =>
      reason === "inactive" ? [{ webhookKey, customerKey, end: "missed" }] : [],
    ),
  );

/** A count a webhook, in the order of their keys. */
export function countPruned(pruned: Pruned[]): PrunedCount[] {
  const counts = new Map<number, PrunedCount>();
  for (const { webhookKey, customerKey, end } of pruned) {
    const none = { delivered: 0, failed: 0, cancelled: 0, missed: 0 };
    const count = counts.get(webhookKey) ?? { webhookKey, customerKey, ends: none };
    count.ends[end] += 1;
    counts.set(webhookKey, count);
  }
  return [...counts.values()].sort((a, b) => a.webhookKey - b.webhookKey);
}
