import { describe, expect, test } from "vitest";
import { healthSince, type Minute, recentHealth } from "./recent-health";

const minuteMs = 60_000;
const now = 1_000_000 * minuteMs + 30_000;
const well = { lastAttemptOk: true, failingSince: null, recoveredAt: null, incident: null };
const failed = { ...well, lastAttemptOk: false, failingSince: now - 10_000 };
/** So many minutes ago. */
const minute = (ago: number, delivered: number, failed: number): Minute => ({
  start: now - 30_000 - ago * minuteMs,
  delivered,
  failed,
});

/** The same numbers between 0 and 1 each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** What is shown every five seconds of a stream, of which a share fails, in the order of time. */
function statesOf(perMinute: number, share: number, minutes: number): string[] {
  const random = dice(7);
  const counted: Minute[] = [];
  const states: string[] = [];
  let isOk = true;
  let recoveredAt: number | null = null;
  for (let step = 0; step < minutes * 12; step += 1) {
    const at = now + step * 5_000;
    const start = Math.floor(at / minuteMs) * minuteMs;
    if (counted.at(-1)?.start !== start) counted.push({ start, delivered: 0, failed: 0 });
    const current = counted.at(-1) as Minute;
    const wasOk = isOk;
    for (let n = 0; n < perMinute / 12; n += 1) {
      isOk = random() >= share;
      current[isOk ? "delivered" : "failed"] += 1;
    }
    const kept = counted.filter(({ start }) => start >= healthSince(at));
    if (isOk && !wasOk) recoveredAt = at;
    const fared = isOk ? { ...well, recoveredAt } : failed;
    states.push(recentHealth(fared, kept, at).state);
  }
  return states;
}

const turnsOf = (states: string[]) => states.filter((state, n) => n > 0 && state !== states[n - 1]).length;

describe("a stream of which 18 % fails", () => {
  test.each([12, 48, 240])(
    "at %i attempts a minute is degraded, and turns once in four hours",
    (perMinute) => {
      const states = statesOf(perMinute, 0.18, 240).slice(12); // from its first minute on
      expect(new Set(states.slice(24))).toEqual(new Set(["degraded"]));
      expect(turnsOf(states)).toBeLessThanOrEqual(1);
    },
  );
});

test("a stream of just the share that becomes notable settles within minutes", () => {
  const settled = statesOf(48, 0.05, 8 * 60).slice(12 * 12);
  expect(turnsOf(settled)).toBeLessThanOrEqual(1);
});

test("a failure in a thousand is healthy", () => {
  expect(new Set(statesOf(240, 0.001, 120))).toEqual(new Set(["healthy"]));
});

test("one failure among successes is healthy, and says so", () => {
  const health = recentHealth(failed, [minute(0, 3, 1)], now);
  expect(health).toMatchObject({ state: "healthy", attempts: 4, failed: 1, since: null });
});

test("a degraded webhook says since when, and how many of how many failed", () => {
  const minutes = [minute(3, 8, 2), minute(0, 10, 0), minute(20, 50, 0)];
  expect(recentHealth(well, minutes, now)).toMatchObject({
    state: "degraded",
    attempts: 20,
    failed: 2,
    since: now - 30_000 - 3 * minuteMs,
  });
});

test("it is healthy again a quarter of an hour after the last failure", () => {
  const stateAfter = (ago: number) => recentHealth(well, [minute(ago, 0, 5), minute(1, 5, 0)], now).state;
  expect([stateAfter(14), stateAfter(15)]).toEqual(["degraded", "healthy"]);
});

test("one of which nothing got through is healthy as soon as it works again, and one that failed in part is not", () => {
  const recovered = { ...well, recoveredAt: now - 20_000 };
  const failures = minute(2, 0, 9);
  expect(recentHealth(recovered, [failures, minute(0, 1, 4)], now).state).toBe("healthy");
  expect(recentHealth(recovered, [minute(5, 1, 0), failures], now).state).toBe("degraded");
  expect(recentHealth(recovered, [failures, minute(0, 6, 4)], now).state).toBe("healthy");
});

test("one that fails in part is degraded from its first minute on", () => {
  const recovered = { ...well, recoveredAt: now - 20_000 };
  expect(recentHealth(recovered, [minute(0, 5, 2)], now)).toMatchObject({ state: "degraded", failed: 2 });
  expect(recentHealth(recovered, [minute(0, 1, 2)], now).state).toBe("healthy");
});

test("attempts are counted from a quarter of an hour ago, or from the minute after the last incident", () => {
  const fromOf = (endedAgo: number | null) => {
    const incident = endedAgo === null ? null : { startedAt: 0, endedAt: now - endedAgo * minuteMs };
    const minutes = [minute(9, 0, 50), minute(1, 8, 2)];
    const { from, failed: shown } = recentHealth({ ...well, incident }, minutes, now);
    return [(now - 30_000 - from) / minuteMs, shown];
  };
  expect([fromOf(null), fromOf(40), fromOf(5)]).toEqual([
    [14, 52],
    [14, 52],
    [4, 2],
  ]);
});

describe("failing", () => {
  test("is what has an incident, since that began", () => {
    const incident = { startedAt: now - 90_000, endedAt: null };
    const health = recentHealth({ ...failed, incident }, [minute(0, 0, 7), minute(2, 9, 0)], now);
    expect(health).toMatchObject({ state: "failing", attempts: 16, failed: 7, since: now - 90_000 });
  });

  test("is what got nothing through in a quarter of an hour, and failed last", () => {
    expect(recentHealth(failed, [minute(0, 0, 1)], now)).toMatchObject({
      state: "failing",
      since: failed.failingSince,
    });
    expect(recentHealth(failed, [], now).state).toBe("failing");
    expect(recentHealth(well, [], now).state).toBe("healthy");
  });

  test("is not what worked again a moment ago, whatever led to it", () => {
    const incident = { startedAt: now - 5 * minuteMs, endedAt: now - 10_000 };
    const minutes = [minute(4, 0, 30), minute(0, 1, 3)];
    expect(recentHealth({ ...well, incident }, minutes, now).state).toBe("healthy");
    expect(recentHealth({ ...failed, incident }, minutes, now).state).toBe("healthy");
  });
});
