import type { OverviewStats } from "./types";

/** What attempts of all webhooks came to in one hour. */
export type Hour = { start: string; delivered: number; failed: number };

/** The hours of all webhooks together, oldest first. */
export function hoursOf({ webhooks }: OverviewStats): Hour[] {
  const starts = webhooks[0]?.buckets.map(({ start }) => start) ?? [];
  return starts.map((start, index) => {
    const own = webhooks.flatMap(({ buckets }) => buckets[index] ?? []);
    return {
      start,
      delivered: own.reduce((sum, { delivered }) => sum + delivered, 0),
      failed: own.reduce((sum, { failed }) => sum + failed, 0),
    };
  });
}
