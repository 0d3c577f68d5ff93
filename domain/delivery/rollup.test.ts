import { expect, test } from "vitest";
import type { Outcome } from "./outcome";
import { addRollups, countAttempt, emptyRollup, latencyPercentileMs } from "./rollup";

const answered = (status: number, durationMs: number): Outcome => ({
  kind: "response",
  status,
  response: { headers: {}, body: new Uint8Array(), truncated: false },
  startedAt: 0,
  durationMs,
  timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
  peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
});

test("percentiles are right within a bucket, and only of what was delivered", () => {
  const rollup = emptyRollup();
  for (let ms = 1; ms <= 100; ms += 1) countAttempt(rollup, "search_completed", answered(200, ms));
  countAttempt(rollup, "search_completed", answered(500, 60_000));
  for (const [share, exact] of [
    [0.5, 50],
    [0.95, 95],
  ] as const) {
    const ms = latencyPercentileMs(rollup, share) ?? 0;
    expect(ms).toBeGreaterThanOrEqual(exact);
    expect(ms).toBeLessThanOrEqual(exact * 1.2);
  }
});

test("nothing delivered has no percentile", () => {
  expect(latencyPercentileMs(emptyRollup(), 0.5)).toBeNull();
});

test("the sum of two is what counting all in one gives", () => {
  const [a, b, all] = [emptyRollup(), emptyRollup(), emptyRollup()];
  for (const [rollup, type, status] of [
    [a, "search_completed", 200],
    [b, "search_completed", 503],
    [b, "flow_run_failed", 200],
  ] as const) {
    countAttempt(rollup, type, answered(status, 10));
    countAttempt(all, type, answered(status, 10));
  }
  expect(addRollups(a, b)).toEqual(all);
});
