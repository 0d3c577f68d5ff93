import { expect, test } from "vitest";
import { barsOf, latestBars } from "@/domain/time/bars";
import { formatCompact, niceTicks, timeTicks } from "./ticks";

test.each([
  [0, [0, 1]],
  [1, [0, 1]],
  [3, [0, 1, 2, 3]],
  [9, [0, 3, 6, 9]],
  [12, [0, 5, 10, 15]],
  [10_000, [0, 2_500, 5_000, 7_500, 10_000]],
  [10_001, [0, 5_000, 10_000, 15_000]],
  [1_000_000, [0, 250_000, 500_000, 750_000, 1_000_000]],
])("an axis of counts up to %d has lines at %j", (most, ticks) => expect(niceTicks(most)).toEqual(ticks));

test("an axis has five lines at most, and the last is no smaller than what it shows", () => {
  for (let most = 1; most < 5_000_000; most = Math.ceil(most * 1.13)) {
    const ticks = niceTicks(most);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(most);
    expect(Math.max(...ticks.map((tick) => formatCompact(tick).length))).toBeLessThanOrEqual(5);
  }
});

test.each([
  [0, "0"],
  [950, "950"],
  [1_000, "1k"],
  [2_500, "2.5k"],
  [10_000, "10k"],
  [250_000, "250k"],
  [1_000_000, "1M"],
  [1_250_000, "1.25M"],
])("%d is written %s", (value, words) => expect(formatCompact(value)).toBe(words));

const now = Date.parse("2026-06-15T12:30:20Z");
const told = (edges: number[], zone: string) =>
  timeTicks(edges.slice(0, -1), zone).map(({ at, isDay }) =>
    isDay ? new Date(at).toISOString().slice(0, 10) : new Date(at).toISOString().slice(11, 16),
  );

test.each([
  [1, ["11:40", "11:50", "12:00", "12:10", "12:20", "12:30"]],
  [24, ["16:00", "20:00", "2026-06-15", "04:00", "08:00", "12:00"]],
  [
    7 * 24,
    ["2026-06-09", "2026-06-10", "2026-06-11", "2026-06-12", "2026-06-13", "2026-06-14", "2026-06-15"],
  ],
])("the latest %d hours have words at round times", (hours, words) => {
  expect(told(latestBars(hours * 3_600_000, "UTC", now).edges, "UTC")).toEqual(words);
});

test("in a night in which the clocks change, words stand where the clocks show a round time", () => {
  const { edges } = barsOf({
    from: Date.parse("2026-10-24T22:00:00Z"),
    to: Date.parse("2026-10-25T23:00:00Z"),
    zone: "Europe/Berlin",
    now,
  });
  expect(told(edges, "Europe/Berlin")).toEqual(["2026-10-24", "03:00", "07:00", "11:00", "15:00", "19:00"]);
});
