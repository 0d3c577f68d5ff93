import { describe, expect, test } from "vitest";
import { type Incident, incidentAfter, nextCountMs } from "./incident";
import { newQueue } from "./queue-state";
import type { Standing } from "./standing";

const minuteMs = 60_000;
const now = 1_000 * minuteMs;
const shown = {
  cause: { code: "server-error", confidence: "likely" as const, meaning: "It is down.", next_step: "Look." },
  eventId: "e",
  eventType: "search_completed",
};

const standing: Standing = {
  isActive: true,
  disabledReason: null,
  disabledAt: null,
  pause: null,
  version: 1,
  countdown: null,
  certificate: null,
  isReportedFailing: true,
};
const failing = (failures: number, sinceMs: number): Standing => ({
  ...standing,
  countdown: { since: now - sinceMs, lastAt: now, failures, coveredMs: 0 },
});
const closed = newQueue(true);
const open = { ...closed, openedAt: now, probeAt: now + 5_000 };

function changed(before: Incident | null, after: Partial<Parameters<typeof incidentAfter>[1]>) {
  const all = {
    standing,
    queue: closed,
    isSwitchedOff: false,
    succeededAt: null,
    waiting: 8,
    failure: () => shown,
    ...after,
  };
  return incidentAfter(before, all, now);
}

describe("an incident begins", () => {
  test.each([
    ["when the breaker opens, however soon", { standing: failing(5, 20), queue: open }],
    ["after three failures in a minute, with no success between", { standing: failing(3, minuteMs) }],
    ["when its webhook is switched off for failing", { standing: failing(1, 0), isSwitchedOff: true }],
  ])("%s, with the first of its failures", (_, state) => {
    const startedAt = state.standing.countdown?.since ?? 0;
    expect(changed(null, state)).toEqual({
      incident: { startedAt, endedAt: null },
      change: { kind: "begun", startedAt, ...shown },
    });
  });

  test.each([
    ["two failures, however long", { standing: failing(2, 60 * minuteMs) }],
    ["many in less than a minute, while the breaker is closed", { standing: failing(4, minuteMs - 1) }],
    ["nothing that counts", {}],
  ])("not with %s", (_, state) => {
    expect(changed(null, state)).toEqual({ incident: null, change: null });
  });
});

test("it goes on while nothing succeeds, whatever is forgotten meanwhile", () => {
  const incident = { startedAt: now - minuteMs, endedAt: null };
  expect(changed(incident, {})).toEqual({ incident, change: null });
  expect(changed(incident, { standing: failing(9, minuteMs), queue: open })).toEqual({
    incident,
    change: null,
  });
});

test("it ends with a success, and knows what waited until then", () => {
  const incident = { startedAt: now - minuteMs, endedAt: null };
  const endedAt = now - 20;
  expect(changed(incident, { succeededAt: endedAt })).toEqual({
    incident: { ...incident, endedAt },
    change: { kind: "ended", endedAt, held: 8 },
  });
});

test("a success among failures that open the breaker again ends nothing", () => {
  const incident = { startedAt: now - minuteMs, endedAt: null };
  const again = { standing: failing(5, 10), queue: open, succeededAt: now - 20 };
  expect(changed(incident, again)).toEqual({ incident, change: null });
});

test.each([
  [9, "resumed"],
  [10, "begun"],
])("what fails again after %i minutes has %s", (minutes, kind) => {
  const before = { startedAt: now - 60 * minuteMs, endedAt: now - minutes * minuteMs };
  const { incident, change } = changed(before, { standing: failing(5, 20), queue: open });
  expect(change).toMatchObject({ kind });
  expect(incident).toEqual({ startedAt: kind === "resumed" ? before.startedAt : now - 20, endedAt: null });
});

test("it is counted until all of it has ended, ever more seldom", () => {
  const ended = { startedAt: 0, endedAt: now - 40 * minuteMs - 1 };
  const tally = (pending: number) => ({
    codes: {},
    deliveries: { delivered: 1, failed: 0, cancelled: 0, pending },
    isComplete: true,
  });
  expect(nextCountMs(ended, tally(0), now)).toBeNull();
  expect(nextCountMs(ended, tally(1), now)).toBe(10 * minuteMs);
  expect(nextCountMs({ startedAt: now - minuteMs, endedAt: null }, tally(0), now)).toBe(minuteMs);
});
