import { isSuccess, type Outcome } from "./outcome";

/**
 * What is counted of the attempts of one webhook in one minute or hour. `latency` counts successful attempts by
 * log-scale bucket; `codes` counts by HTTP status, or by error code when no answer came.
 */
export type Rollup = {
  delivered: number;
  failed: number;
  types: Record<string, { delivered: number; failed: number }>;
  codes: Record<string, number>;
  latency: Record<string, number>;
};

/** How long rollups of each step are kept at least: a little longer than the widest chart of it, in milliseconds. */
export const rollupKeptMs = { minute: 26 * 3_600_000, hour: 31 * 24 * 3_600_000 };

export const emptyRollup = (): Rollup => ({ delivered: 0, failed: 0, types: {}, codes: {}, latency: {} });

/** Buckets grow by a factor of 2^(1/4) ≈ 1.19, so a percentile is right within 19 %. */
const bucketsPerDoubling = 4;

const latencyBucket = (ms: number) => Math.max(0, Math.ceil(Math.log2(Math.max(1, ms)) * bucketsPerDoubling));

/** The upper edge of a latency bucket, in milliseconds. */
const bucketUpperMs = (bucket: number) => 2 ** (bucket / bucketsPerDoubling);

/** Adds one ended attempt to a rollup, in place. */
export function countAttempt(rollup: Rollup, eventType: string, outcome: Outcome): void {
  const ok = outcome.kind === "response" && isSuccess(outcome.status);
  rollup[ok ? "delivered" : "failed"] += 1;
  const ofType = rollup.types[eventType] ?? { delivered: 0, failed: 0 };
  ofType[ok ? "delivered" : "failed"] += 1;
  rollup.types[eventType] = ofType;
  const code = outcome.kind === "response" ? String(outcome.status) : outcome.error.code;
  rollup.codes[code] = (rollup.codes[code] ?? 0) + 1;
  if (!ok) return;
  const bucket = latencyBucket(outcome.durationMs);
  rollup.latency[bucket] = (rollup.latency[bucket] ?? 0) + 1;
}

/** The sum of two rollups. */
export function addRollups(a: Rollup, b: Rollup): Rollup {
  const types = { ...a.types };
  for (const [type, counts] of Object.entries(b.types)) {
    const before = types[type] ?? { delivered: 0, failed: 0 };
    types[type] = { delivered: before.delivered + counts.delivered, failed: before.failed + counts.failed };
  }
  return {
    delivered: a.delivered + b.delivered,
    failed: a.failed + b.failed,
    types,
    codes: addCounts(a.codes, b.codes),
    latency: addCounts(a.latency, b.latency),
  };
}

function addCounts(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  const sum = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}

/** The latency below which `share` (0 to 1) of the successful attempts lie, in milliseconds; null when none. */
export function latencyPercentileMs(rollup: Rollup, share: number): number | null {
  const buckets = Object.entries(rollup.latency).map(([bucket, count]) => [Number(bucket), count] as const);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (const [bucket, count] of buckets.sort((a, b) => a[0] - b[0])) {
    seen += count;
    if (seen >= total * share) return Math.round(bucketUpperMs(bucket));
  }
  return null;
}
