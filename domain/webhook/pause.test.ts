import { describe, expect, test } from "vitest";
import { openBreaker } from "./breaker";
import { pauseNow, pauseWebhook, resumeWebhook, safeUntil } from "./pause";
import { newQueue, type QueueState } from "./queue-state";
import type { Standing } from "./standing";

const now = 1_000_000;
const countdown = { since: 1, failures: 2, lastAt: 3, coveredMs: 4 };
const on: Standing = {
  isActive: true,
  disabledReason: null,
  disabledAt: null,
  pause: null,
  version: 3,
  countdown,
  certificate: null,
  isReportedFailing: true,
};
const pausedBy = (at: number, until: number | null) => ({ ...on, pause: { at, until } });
const queue = { ...newQueue(true), pending: 2, drain: 4, failures: [7] };
const held = { ...queue, isPaused: true };

describe("pausing", () => {
  test.each<[string, Standing, QueueState, number | null, object]>([
    ["holds what waits, until somebody resumes it", on, queue, null, { at: now, until: null }],
    ["or until a time", on, queue, now + 5, { at: now, until: now + 5 }],
    [
      "what is paused changes its end, and not its beginning",
      pausedBy(7, now + 5),
      held,
      null,
      { at: 7, until: null },
    ],
    [
      "what was paused until now begins a pause of its own",
      pausedBy(7, now),
      held,
      null,
      { at: now, until: null },
    ],
  ])("%s", (_, standing, queueBefore, until, pause) => {
    const after = pauseWebhook({ standing, queue: queueBefore }, until, now);
    expect(after).toEqual({ standing: { ...standing, pause }, queue: held });
  });

  test("leaves an open breaker and a drain as they are", () => {
    const open = openBreaker({ ...queue, isDraining: true }, now);
    expect(pauseWebhook({ standing: on, queue: open }, null, now).queue).toEqual({ ...open, isPaused: true });
  });
});

describe("resuming", () => {
  const paused = pausedBy(7, now);
  const open = openBreaker(held, 5);
  const going = { isPaused: false, failures: [7] };
  test.each<[string, QueueState, object]>([
    ["lets what was held drain", held, { ...going, isDraining: true, drain: 5 }],
    [
      "begins a drain under way anew",
      { ...held, isDraining: true },
      { ...going, isDraining: true, drain: 5 },
    ],
    [
      "drains nothing where nothing waits",
      { ...held, pending: 0 },
      { ...going, isDraining: false, drain: 4 },
    ],
    [
      "leaves an open breaker open, which goes on holding",
      open,
      { ...going, openedAt: 5, probeAt: open.probeAt, isDraining: false, drain: 4 },
    ],
  ])("%s", (_, queueBefore, expected) => {
    const after = resumeWebhook({ standing: paused, queue: queueBefore }, now);
    expect(after.queue).toMatchObject(expected);
  });

  test("is silence to the countdown, and leaves all else that is known of it", () => {
    const after = resumeWebhook({ standing: paused, queue: held }, now);
    expect(after.standing).toEqual({ ...on, countdown: { ...countdown, lastAt: now } });
    const without = resumeWebhook({ standing: { ...paused, countdown: null }, queue: held }, now);
    expect(without.standing.countdown).toBeNull();
  });

  test("what is not paused changes nothing, also where it is off", () => {
    for (const before of [
      { standing: on, queue },
      { standing: { ...on, isActive: false }, queue: held },
    ]) {
      expect(resumeWebhook(before, now)).toEqual(before);
    }
  });
});

test.each([
  ["there is none", null, null],
  ["it has no end", { at: 1, until: null }, { at: 1, until: null }],
  ["its end is to come", { at: 1, until: now + 1 }, { at: 1, until: now + 1 }],
  ["it is over", { at: 1, until: now }, null],
])("a pause holds as long as it lasts: %s", (_, pause, expected) => {
  expect(pauseNow(pause, now)).toEqual(expected);
});

test("a pause is safe until what has waited longest is no longer kept", () => {
  expect(safeUntil(now - 500, 2_000, now)).toBe(now + 1_500);
  expect(safeUntil(null, 2_000, now)).toBe(now + 2_000);
});
