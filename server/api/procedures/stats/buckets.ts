import type { WebhookRollup } from "@/db/store";
import { addRollups, emptyRollup, latencyPercentileMs, type Rollup } from "@/domain/delivery/rollup";
import type { Bars } from "@/domain/time/bars";
import { isoTime } from "../../views/time";

/** The rollup of one webhook per bar, empty ones included, oldest first. */
export function toBuckets(rollups: WebhookRollup[], { edges }: Bars): Bucket[] {
  const buckets = edges.slice(0, -1).map((start, index) => ({
    start,
    end: edges[index + 1] ?? start,
    rollup: emptyRollup(),
  }));
  for (const { start, rollup } of rollups) {
    const bucket = buckets.find(({ end }) => start < end);
    if (bucket && start >= bucket.start) bucket.rollup = addRollups(bucket.rollup, rollup);
  }
  return buckets;
}

export type Bucket = { start: number; end: number; rollup: Rollup };

export const sumOf = (rollups: Rollup[]) => rollups.reduce(addRollups, emptyRollup());

export const toCounts = ({ delivered, failed }: Rollup) => ({ delivered, failed });

export function deliveredRate({ delivered, failed }: Rollup): number | null {
  const total = delivered + failed;
  return total === 0 ? null : delivered / total;
}

export const toLatencies = (rollup: Rollup) => ({
  p50_ms: latencyPercentileMs(rollup, 0.5),
  p95_ms: latencyPercentileMs(rollup, 0.95),
  p99_ms: latencyPercentileMs(rollup, 0.99),
});

export const toBar = ({ start, end, rollup }: Bucket) => ({
  start: isoTime(start),
  end: isoTime(end),
  ...toCounts(rollup),
});
