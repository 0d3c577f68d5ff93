import { describe, expect, test } from "vitest";
import { createLimiter } from "./limiter";

function twoAMinute() {
  let nowMs = 1_000_000;
  const limiter = createLimiter({ limit: 2, windowMs: 60_000, clock: () => nowMs });
  return {
    limiter,
    turnClock: (ms: number) => {
      nowMs += ms;
    },
  };
}

describe("a limiter", () => {
  test("lets a key take up to its limit, then tells how long to wait", () => {
    const { limiter, turnClock } = twoAMinute();
    expect(limiter.take("a")).toBe(0);
    turnClock(10_000);
    expect(limiter.take("a")).toBe(0);
    expect(limiter.take("a")).toBe(50_000);
  });

  test("takes several together or none of them", () => {
    const { limiter } = twoAMinute();
    expect(limiter.take("a", 3)).toBe(60_000);
    expect(limiter.take("a")).toBe(0);
    expect(limiter.take("a", 2)).toBe(60_000);
    expect(limiter.take("a")).toBe(0);
  });

  test("begins anew when the window is over", () => {
    const { limiter, turnClock } = twoAMinute();
    limiter.take("a");
    limiter.take("a");
    turnClock(60_000);
    expect(limiter.take("a")).toBe(0);
  });

  test("counts each key for itself", () => {
    const { limiter } = twoAMinute();
    limiter.take("a");
    limiter.take("a");
    expect(limiter.take("b")).toBe(0);
  });

  test("forgets what is given back", () => {
    const { limiter } = twoAMinute();
    limiter.take("a");
    limiter.take("a");
    limiter.giveBack("a");
    expect(limiter.take("a")).toBe(0);
    expect(limiter.take("a")).toBeGreaterThan(0);
  });

  test("forgets the keys that began first once there are more than 100,000", () => {
    const { limiter } = twoAMinute();
    for (const key of ["a", "a", "b", "b"]) limiter.take(key);
    for (let n = 0; n < 99_999; n += 1) limiter.take(`stranger ${n}`);
    expect(limiter.take("b")).toBeGreaterThan(0);
    expect(limiter.take("a")).toBe(0);
  });

  test("locks nobody out for longer when the clock steps back", () => {
    const { limiter, turnClock } = twoAMinute();
    limiter.take("a");
    limiter.take("a");
    turnClock(-3_600_000);
    expect(limiter.take("a")).toBe(0);
  });
});
