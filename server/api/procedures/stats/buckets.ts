import type { WebhookRollup } from "@/db/store";
import { addRollups, emptyRollup, latencyPercentileMs, type Rollup } from "@/domain/delivery/rollup";
import type { statsRanges } from "../../views/stats";
import { isoTime } from "../../views/time";

const minute = 60_000;
const hour = 60 * minute;

type Range = (typeof statsRanges)[number];

/** What is read for a range, and how wide and how many its bars are. */
const plans: Record<Range, { read: "minute" | "hour"; stepMs: number; count: number }> = {
  "1h": { read: "minute", stepMs: minute, count: 60 },
  "24h": { read: "hour", stepMs: hour, count: 24 },
  "7d": { read: "hour", stepMs: 6 * hour, count: 28 },
  "30d": { read: "hour", stepMs: 24 * hour, count: 30 },
};

type Frame = { read: "minute" | "hour"; since: number; stepMs: number; count: number };

/** The bars of a range that ends with the one that now lies in. */
export function frameOf(range: Range, now: number): Frame {
  const { read, stepMs, count } = plans[range];
  const lastStart = Math.floor(now / stepMs) * stepMs;
  return { read, stepMs, count, since: lastStart - (count - 1) * stepMs };
}

/** The rollup of one webhook per bar, empty ones included, oldest first. */
export function toBuckets(rollups: WebhookRollup[], frame: Frame): { start: number; rollup: Rollup }[] {
  const buckets = Array.from({ length: frame.count }, (_, index) => ({
    start: frame.since + index * frame.stepMs,
    rollup: emptyRollup(),
  }));
  for (const { start, rollup } of rollups) {
    const bucket = buckets[Math.floor((start - frame.since) / frame.stepMs)];
    if (bucket) bucket.rollup = addRollups(bucket.rollup, rollup);
  }
  return buckets;
}

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

export const toBar = ({ start, rollup }: { start: number; rollup: Rollup }) => ({
  start: isoTime(start),
  ...toCounts(rollup),
});
