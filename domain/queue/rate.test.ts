import { expect, test } from "vitest";
import { afterStarts, changeRate, isRateSpent, type Rate, rateRoom } from "./rate";

/** A claim a millisecond or so takes all that there is: how many began in each. */
function drain(ratePerSecond: number, forMs: number, everyMs: number): { at: number; count: number }[] {
  let rate: Rate = { ratePerSecond, rateNextAt: 0 };
  const begun: { at: number; count: number }[] = [];
  for (let at = 1_800_000_000_000; at < 1_800_000_000_000 + forMs; at += everyMs) {
    const count = rateRoom(rate, at);
    if (count === 0) continue;
    begun.push({ at, count });
    rate = { ...rate, rateNextAt: afterStarts(rate, count, at) };
  }
  return begun;
}

const sumOf = (begun: { count: number }[]) => begun.reduce((sum, { count }) => sum + count, 0);

test.each([0.1, 0.7, 1, 3, 10, 99.9, 1_000])("at %f a second no window holds more", (ratePerSecond) => {
  const begun = drain(ratePerSecond, 60_000, 1);
  for (const [index, { at }] of begun.entries()) {
    for (const windowMs of [0, 100, 1_000, 30_000]) {
      const inWindow = begun.slice(index).filter((each) => each.at <= at + windowMs);
      const most = (ratePerSecond * windowMs) / 1_000 + Math.max(1, ratePerSecond);
      expect(sumOf(inWindow)).toBeLessThanOrEqual(most + 1e-6);
    }
    if (index > 50) break;
  }
});

test.each([0.1, 1, 3, 10, 99.9, 1_000])("at %f a second, all of it is used", (ratePerSecond) => {
  expect(sumOf(drain(ratePerSecond, 60_000, 1))).toBeGreaterThanOrEqual(Math.floor(ratePerSecond * 60));
});

test("a fast limit needs twenty claims a second, a slow one a claim for each", () => {
  const claimsAfterBurst = (ratePerSecond: number) => drain(ratePerSecond, 10_000, 1).length - 1;
  expect(claimsAfterBurst(1_000)).toBeLessThanOrEqual(200);
  expect(claimsAfterBurst(10)).toBeLessThanOrEqual(100);
});

test("what is not used for long is no more than a second's worth", () => {
  const rate = { ratePerSecond: 5, rateNextAt: 1_000 };
  expect(rateRoom(rate, 999)).toBe(0);
  expect(rateRoom(rate, 1_000)).toBe(1);
  expect(rateRoom(rate, 1_400)).toBe(3);
  expect(rateRoom(rate, 3_600_000)).toBe(5);
});

test("without a limit as many go as there are", () => {
  const none = { ratePerSecond: null, rateNextAt: 0 };
  expect(rateRoom(none, 0)).toBe(Number.POSITIVE_INFINITY);
  expect(afterStarts(none, 100, 5_000)).toBe(0);
  expect(isRateSpent(none, 5_000)).toBe(false);
});

test("another limit begins anew, the same one and none given go on", () => {
  const before = { ratePerSecond: 5, rateNextAt: 1_000 };
  expect(changeRate(before, 6)).toEqual({ ratePerSecond: 6, rateNextAt: 0 });
  expect(changeRate(before, null)).toEqual({ ratePerSecond: null, rateNextAt: 0 });
  expect(changeRate(before, 5)).toBe(before);
  expect(changeRate(before, undefined)).toBe(before);
});

test("what is due waits for the limit until there is a token", () => {
  const rate = { ratePerSecond: 2, rateNextAt: 10_000 };
  expect(isRateSpent(rate, 9_999)).toBe(true);
  expect(isRateSpent(rate, 10_000)).toBe(false);
});
