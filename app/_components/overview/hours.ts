import type { OverviewStats } from "./types";

/** What attempts of all webhooks came to in one hour. */
export type Hour = { start: string; delivered: number; failed: number };

/** The hours of all webhooks together, oldest first. */
export function hoursOf({ webhooks }: OverviewStats): Hour[] {
  const [first, ...others] = webhooks.map(({ buckets }) => buckets);
  return (first ?? []).map((hour, index) =>
    others.reduce(
      (sum, buckets) => ({
        start: sum.start,
        delivered: sum.delivered + (buckets[index]?.delivered ?? 0),
        failed: sum.failed + (buckets[index]?.failed ?? 0),
      }),
      hour,
    ),
  );
}
