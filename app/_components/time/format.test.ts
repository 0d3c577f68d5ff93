import { expect, test } from "vitest";
import { formatAge, formatClock, formatCountdown, formatDuration, formatRelative } from "./format";

const noon = Date.UTC(2026, 10, 23, 12, 0, 0);

test.each([
  [0, "0 s"],
  [8_900, "8 s"],
  [12 * 60_000, "12 min"],
  [3 * 3_600_000 + 5, "3 h"],
  [86_400_000, "1 day"],
  [12.5 * 86_400_000, "12 days"],
])("an age of %d ms reads %s", (ms, text) => expect(formatAge(ms)).toBe(text));

test.each([
  [47_100, "48 s"],
  [125_000, "2 min 5 s"],
  [(4 * 24 + 23) * 3_600_000, "4 d 23 h"],
  [-5, "0 s"],
])("a countdown of %d ms reads %s", (ms, text) => expect(formatCountdown(ms)).toBe(text));

test("a point in time is told from now", () => {
  expect(formatRelative(noon - 41_000, noon)).toBe("41 s ago");
  expect(formatRelative(noon + 1_400, noon)).toBe("just now");
  expect(formatRelative(noon + 300_000, noon)).toBe("in 5 min");
  expect(formatRelative(noon - 300, noon)).toBe("just now");
});

test("a clock time names the day only when it is another one, in the zone of the reader", () => {
  expect(formatClock(noon - 60_000, noon, "UTC")).toBe("11:59:00");
  expect(formatClock(noon - 86_400_000, noon, "UTC")).toBe("22 Nov 12:00");
  expect(formatClock(noon + 12 * 3_600_000, noon, "America/New_York")).toBe("19:00:00");
});

test("durations keep a decimal only while it says something", () => {
  expect(formatDuration(0.2)).toBe("< 1 ms");
  expect(formatDuration(84.4)).toBe("84 ms");
  expect(formatDuration(1_240)).toBe("1.2 s");
  expect(formatDuration(15_000)).toBe("15 s");
});
