import { expect, test } from "vitest";
import { type Countdown, countFailure, forecast, isOver } from "./countdown";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Failures at these times, each told at once. */
const after = (times: number[]) =>
  times.reduce<Countdown | null>((countdown, at) => countFailure(countdown, at, at), null) as Countdown;
const every = (pauseMs: number, count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => from + n * pauseMs);

test.each([
  ["every 6 h for 5 days", every(6 * hour, 21), true],
  ["every 6 h for a minute less", [...every(6 * hour, 20), 5 * day - minute], false],
  ["one after 5 days of silence", [0, 5 * day], false],
  ["a thousand after 5 days of silence", [0, ...every(1, 1_000, 5 * day)], false],
  ["20 over a day, then one after 5 days", [...every(24 * hour, 2), ...every(1, 18, day), 5 * day], true],
  ["19 in 5 days", [...every(6 * hour, 18), 5 * day], false],
  ["100 over 23 h, then one after 5 days", [...every((23 * hour) / 99, 100), 5 * day], false],
  ["every 25 h for a month", every(25 * hour, 30), false],
  ["every 24 h, as a receiver may ask, with the time to get round to it", every(day + 20_000, 20), true],
  ["two bursts of 12 h each with days between", [...every(hour, 13), ...every(hour, 13, 5 * day)], true],
])("failures %s switch off: %s", (_, times, expected) => {
  expect(isOver(after(times), times.at(-1) ?? 0)).toBe(expected);
});

test("silence counts as a failure more and as no time", () => {
  expect(after([0, hour, 3 * day, 3 * day + hour])).toEqual({
    since: 0,
    failures: 4,
    lastAt: 3 * day + hour,
    coveredMs: 2 * hour,
  });
});

test("attempts that end in another order than they began cover a time once", () => {
  const countdown = [0, 10, 8, 20].reduce<Countdown | null>((each, at) => countFailure(each, at, 20), null);
  expect(countdown).toMatchObject({ failures: 4, coveredMs: 20, lastAt: 20 });
});

test("a clock that goes back covers nothing, and one that was ahead is not believed", () => {
  const ahead = after([0, hour, 100 * day]);
  expect(countFailure(ahead, 2 * hour, 2 * hour)).toEqual({
    since: 0,
    failures: 4,
    lastAt: 2 * hour,
    coveredMs: hour,
  });
  expect(countFailure(after([100 * day]), hour, hour)).toMatchObject({ since: hour, failures: 1 });
  expect(countFailure(null, 2 * hour, hour)).toMatchObject({ since: hour, lastAt: hour });
});

test.each<[string, number[], number, { earliestAt: number; failuresLeft: number }]>([
  ["after the first failure", [0], 0, { earliestAt: 5 * day, failuresLeft: 19 }],
  ["with failures enough", every(hour, 30), day, { earliestAt: 5 * day, failuresLeft: 1 }],
  [
    "late, and with little covered",
    [0, hour, 4 * day + 12 * hour],
    4.5 * day,
    { earliestAt: 5.5 * day - hour, failuresLeft: 17 },
  ],
  ["in silence", [0, hour], 10 * day, { earliestAt: 11 * day - hour, failuresLeft: 18 }],
  [
    "when the next failure is the last",
    every(6 * hour, 20),
    6 * day - 20 * hour,
    { earliestAt: 5 * day, failuresLeft: 1 },
  ],
])("the forecast %s", (_, times, now, expected) => {
  expect(forecast(after(times), now)).toEqual(expected);
});
