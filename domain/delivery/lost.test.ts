import { expect, test } from "vitest";
import { afterLoss, lostAttempt } from "./lost";

const ordinary = { isTest: false, isAskedAgain: false, lostInARow: 0 };

test.each([
  ["the first loss is tried again", ordinary, "retry"],
  ["so is the fourth in a row", { ...ordinary, lostInARow: 3 }, "retry"],
  ["the fifth in a row ends it", { ...ordinary, lostInARow: 4 }, "end"],
  ["more than that too", { ...ordinary, lostInARow: 9 }, "end"],
  ["a test ends with its only attempt", { ...ordinary, isTest: true }, "end"],
  ["what was asked for again begins anew", { ...ordinary, isAskedAgain: true }, "anew"],
  ["even after five losses", { ...ordinary, isAskedAgain: true, lostInARow: 4 }, "anew"],
])("%s", (_, delivery, expected) => {
  expect(afterLoss(delivery)).toBe(expected);
});

const leased = { attempts: 2, leasedAt: 1_000, leasedReason: "probe", nextReason: "scheduled" } as const;

test.each([
  [
    "lasted from its lease until now",
    leased,
    5_000,
    { startedAt: 1_000, durationMs: 4_000, reason: "probe" },
  ],
  ["lasted no less than nothing when the clock went back", leased, 900, { startedAt: 1_000, durationMs: 0 }],
  [
    "without a trace of its lease began now, for the reason that was next",
    { ...leased, leasedAt: null, leasedReason: null },
    5_000,
    { startedAt: 5_000, durationMs: 0, reason: "scheduled" },
  ],
])("a lost attempt %s", (_, delivery, now, expected) => {
  expect(lostAttempt(delivery, now)).toMatchObject({ number: 3, ...expected });
});
