import { expect, test } from "vitest";
import { type Breaker, breakerAfter, closedBreaker } from "./breaker";

const failed = { ok: false, isTest: false, isProbe: false };
const after = (breaker: Breaker, deliveries: number[]) =>
  deliveries.reduce((current, delivery) => breakerAfter(current, { ...failed, delivery }), breaker);

test("five failures over three deliveries open it, with a first probe after 5 s", () => {
  expect(after(closedBreaker, [1, 1, 2, 2]).probeDelayMs).toBeNull();
  expect(after(closedBreaker, [1, 1, 2, 2, 3]).probeDelayMs).toBe(5_000);
});

test("five failures over two deliveries don't", () => {
  expect(after(closedBreaker, [1, 2, 1, 2, 1]).probeDelayMs).toBeNull();
});

test("only the last five count", () => {
  expect(after(closedBreaker, [1, 2, 3, 3, 3, 3, 3]).probeDelayMs).toBe(5_000);
  expect(after({ failures: [3, 3, 3, 3, 3], probeDelayMs: null }, [4]).probeDelayMs).toBeNull();
});

test("a success in between starts anew", () => {
  const four = after(closedBreaker, [1, 2, 3, 4]);
  const success = breakerAfter(four, { ...failed, ok: true, delivery: 5 });
  expect(after(success, [6, 7, 8, 9]).probeDelayMs).toBeNull();
});

test("failed probes double the pause up to 5 minutes, other failures leave it", () => {
  let breaker = after(closedBreaker, [1, 2, 3, 4, 5]);
  const pauses = Array.from({ length: 8 }, () => {
    breaker = breakerAfter(breaker, { ...failed, delivery: 1, isProbe: true });
    breaker = breakerAfter(breaker, { ...failed, delivery: 2 });
    return breaker.probeDelayMs;
  });
  expect(pauses).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
});

test("a test's failure counts to nothing, its success closes", () => {
  const open = after(closedBreaker, [1, 2, 3, 4, 5]);
  expect(breakerAfter(open, { ...failed, delivery: 9, isTest: true })).toEqual(open);
  expect(breakerAfter(open, { ...failed, ok: true, delivery: 9, isTest: true })).toEqual(closedBreaker);
});
