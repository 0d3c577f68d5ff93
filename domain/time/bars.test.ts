import { expect, test } from "vitest";
import { type Bars, barsOf, latestBars } from "./bars";

const hour = 3_600_000;
const now = Date.parse("2026-06-15T12:30:20Z");
const iso = (at: number | undefined) => new Date(at ?? Number.NaN).toISOString();
const told = ({ edges, stepMs, read }: Bars) => ({
  count: edges.length - 1,
  first: iso(edges[0]),
  end: iso(edges.at(-1)),
  stepMs,
  read,
});

test.each([
  [1, 60, "2026-06-15T11:31:00.000Z", "2026-06-15T12:31:00.000Z", "minute"],
  [24, 24, "2026-06-14T13:00:00.000Z", "2026-06-15T13:00:00.000Z", "hour"],
  [7 * 24, 28, "2026-06-08T18:00:00.000Z", "2026-06-15T18:00:00.000Z", "hour"],
  [30 * 24, 30, "2026-05-17T00:00:00.000Z", "2026-06-16T00:00:00.000Z", "hour"],
])("the latest %d hours are %d bars, of which now lies in the last", (hours, count, first, end, read) => {
  expect(told(latestBars(hours * hour, "UTC", now))).toMatchObject({ count, first, end, read });
});

const between = (from: string, to: string, zone = "UTC") =>
  told(barsOf({ from: Date.parse(from), to: Date.parse(to), zone, now }));

test("a time of one's own is rounded outwards, to the minute while minutes are kept", () => {
  expect(between("2026-06-15T11:02:30Z", "2026-06-15T11:10:01Z")).toMatchObject({
    first: "2026-06-15T11:02:00.000Z",
    end: "2026-06-15T11:11:00.000Z",
    count: 9,
  });
  expect(between("2026-06-15T09:02:30Z", "2026-06-15T11:31:00Z")).toMatchObject({
    first: "2026-06-15T09:00:00.000Z",
    end: "2026-06-15T11:35:00.000Z",
    stepMs: 5 * 60_000,
  });
  expect(between("2026-06-10T11:02:30Z", "2026-06-10T11:10:00Z")).toMatchObject({
    first: "2026-06-10T11:00:00.000Z",
    end: "2026-06-10T12:00:00.000Z",
    count: 1,
    read: "hour",
  });
});

test.each([
  ["2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23],
  ["2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25],
])("a day in Berlin from %s to %s has %d bars of an hour", (from, to, count) => {
  expect(between(from, to, "Europe/Berlin")).toMatchObject({ count, stepMs: hour });
});

test("days begin with those of the zone, also where the clocks change", () => {
  const { edges } = barsOf({
    from: Date.parse("2026-03-01T12:00:00Z"),
    to: Date.parse("2026-03-31T12:00:00Z"),
    zone: "Europe/Berlin",
    now,
  });
  expect(edges).toHaveLength(32);
  expect(edges.slice(-4).map(iso)).toEqual([
    "2026-03-28T23:00:00.000Z",
    "2026-03-29T22:00:00.000Z",
    "2026-03-30T22:00:00.000Z",
    "2026-03-31T22:00:00.000Z",
  ]);
});

test("where a zone's midnight is no whole hour of UTC, days begin with the hour that it lies in", () => {
  const { edges } = barsOf({
    from: Date.parse("2026-06-01T00:00:00Z"),
    to: Date.parse("2026-06-20T00:00:00Z"),
    zone: "Asia/Kathmandu",
    now,
  });
  expect(iso(edges[0])).toBe("2026-05-31T18:00:00.000Z");
});

test("no time has more bars than a phone can show, and none has no bar", () => {
  for (let hours = 0; hours < 31 * 24; hours += 7) {
    const { edges } = barsOf({ from: now - hours * hour, to: now, zone: "America/St_Johns", now });
    expect(edges.length).toBeLessThan(66);
    expect(edges.length).toBeGreaterThan(1);
    expect(edges.every((edge, index) => index === 0 || edge > (edges[index - 1] ?? edge))).toBe(true);
  }
});
