import { describe, expect, test } from "vitest";
import { paceLimits } from "../limits";
import { afterPassed, afterRefused, afterStart, firstPace, type Pace, roomAt } from "./pace";

const at = 10_000;
const first = firstPace(at);
/** One at which requests pass since `at`, refused at 4 a second before. */
const steady: Pace = { ...first, perSecond: 2, refusedAt: 4, nextAt: at, isProven: true };

/** The pace after so many passed within that time. */
function afterPassing(pace: Pace, count: number, withinMs: number): Pace {
  let next = pace;
  for (let n = 1; n <= count; n += 1) next = afterPassed(next, at, at + (n * withinMs) / count);
  return next;
}

describe("requests may begin", () => {
  test.each<[string, Pace, number, number]>([
    ["not before the first is due", first, 999, 0],
    ["then one", first, 1_000, 1],
    ["and no more, however long nobody wants to", first, 60_000, 1],
    ["of a fast pace what a tenth of a second brings", { ...steady, perSecond: 100 }, 60_000, 10],
    ["and as many as are due before that", { ...steady, perSecond: 100 }, 35, 4],
  ])("%s", (_, pace, laterMs, room) => {
    expect(roomAt(pace, at + laterMs)).toBe(room);
  });

  test("evenly", () => {
    let pace = steady;
    const began: number[] = [];
    for (let now = at; now <= at + 2_000; now += 50) {
      if (roomAt(pace, now) === 0) continue;
      began.push(now - at);
      pace = afterStart(pace, now);
    }
    expect(began).toEqual([0, 500, 1_000, 1_500, 2_000]);
  });

  test("but what began before its time puts off the next by no more than that", () => {
    let pace = steady;
    for (let n = 0; n < 16; n += 1) pace = afterStart(pace, at);
    expect(roomAt(pace, at + 499)).toBe(0);
    expect(roomAt(pace, at + 500)).toBe(1);
  });

  test("as many together as there is room, and then no more", () => {
    let pace: Pace = { ...steady, perSecond: 100 };
    for (let n = 10; n > 0; n -= 1) {
      expect(roomAt(pace, at + 5_000)).toBe(n);
      pace = afterStart(pace, at + 5_000);
    }
    expect(roomAt(pace, at + 5_000)).toBe(0);
  });
});

describe("what passes within a second raises it", () => {
  test.each<[string, Pace, number, number]>([
    ["twofold while it was never refused at a pace", first, 1, 2],
    ["twofold far below what was refused", { ...steady, perSecond: 0.5 }, 1, 1],
    ["by a hundredth each near that", steady, 2, 2.04],
    ["by a twentieth in all at most", { ...steady, refusedAt: 2.2 }, 8, 2.1],
    ["by a twentieth each beyond it", { ...steady, refusedAt: 1.9 }, 2, 2.2],
    ["by a quarter in all at most", { ...steady, refusedAt: 1.9 }, 50, 2.5],
    ["not where it is not used", { ...steady, perSecond: 100 }, 33, 100],
  ])("%s", (_, pace, passed, perSecond) => {
    expect(afterPassing(pace, passed, 1_000).perSecond).toBeCloseTo(perSecond, 9);
  });

  test("but not within less, nor if it began before the pace was lowered", () => {
    expect(afterPassing(steady, 50, 999).perSecond).toBe(2);
    expect(afterPassed(steady, at - 1, at + 5_000)).toBe(steady);
  });
});

describe("what is refused lowers it", () => {
  test("by a fifth, and remembers what was refused", () => {
    const slower = afterRefused(steady, at, at + 100);
    expect(slower).toMatchObject({ perSecond: 1.6, refusedAt: 2, nextAt: at + 100 + 625, isProven: false });
  });

  test("by half as long as nothing passes, and remembers what was refused after something had", () => {
    const once = afterRefused(steady, at, at + 100);
    const twice = afterRefused(once, at + 800, at + 900);
    expect(twice).toMatchObject({ perSecond: 0.8, refusedAt: 2 });
  });

  test("once for all that began together", () => {
    const once = afterRefused(steady, at, at + 100);
    expect(afterRefused(once, at + 99, at + 120)).toBe(once);
  });

  test("to one in five seconds at least", () => {
    let pace = steady;
    for (let now = at; now < at + 60_000; now += 1_000) pace = afterRefused(pace, now, now);
    expect(pace.perSecond).toBe(paceLimits.slowestPerSecond);
  });
});

/** Sends so many to a receiver one after the other, 20 ms each, those that it refuses again at the end. */
function deliverAll(count: number, takes: (now: number) => boolean) {
  let pace = firstPace(0);
  let [now, delivered, refused] = [0, 0, 0];
  while (delivered < count) {
    now += 10;
    if (roomAt(pace, now) === 0) continue;
    pace = afterStart(pace, now);
    const isTaken = takes(now);
    if (isTaken) delivered += 1;
    else refused += 1;
    pace = isTaken ? afterPassed(pace, now, now + 20) : afterRefused(pace, now, now + 20);
  }
  return { seconds: now / 1_000, refused };
}

/** Takes so many in each of its windows. */
function perWindow(most: number, windowMs: number) {
  const taken = new Map<number, number>();
  return (now: number) => {
    const window = Math.floor(now / windowMs);
    const count = taken.get(window) ?? 0;
    if (count < most) taken.set(window, count + 1);
    return count < most;
  };
}

/** Gains so many a second, and saves up to `saved`. */
function bucket(perSecond: number, saved: number) {
  let [left, filledAt] = [saved, 0];
  return (now: number) => {
    left = Math.min(saved, left + ((now - filledAt) * perSecond) / 1_000);
    filledAt = now;
    if (left < 1) return false;
    left -= 1;
    return true;
  };
}

describe("a receiver gets nearly what it takes, and refuses little", () => {
  test.each<[string, number, (now: number) => boolean, { seconds: number; refused: number }]>([
    ["2 a second", 200, perWindow(2, 1_000), { seconds: 125, refused: 20 }],
    ["2 a second, one at a time", 200, bucket(2, 1), { seconds: 125, refused: 20 }],
    ["2 a second, with 10 saved up", 200, bucket(2, 10), { seconds: 105, refused: 20 }],
    ["100 a second", 5_000, bucket(100, 100), { seconds: 65, refused: 60 }],
    ["60 a minute", 200, perWindow(60, 60_000), { seconds: 220, refused: 50 }],
    ["10 a minute", 60, perWindow(10, 60_000), { seconds: 380, refused: 80 }],
    ["all, after a minute of nothing", 2_000, (now) => now > 60_000, { seconds: 100, refused: 25 }],
  ])("of %s", (_, count, takes, most) => {
    const { seconds, refused } = deliverAll(count, takes);
    expect(seconds).toBeLessThan(most.seconds);
    expect(refused).toBeLessThan(most.refused);
  });
});
