import { expect, test } from "vitest";
import { readTimeRange, spanOf, writeTimeRange } from "./time-range";

const read = (query: string) => {
  const params = new URLSearchParams(query);
  return readTimeRange((name) => params.get(name) ?? "");
};

test.each([
  ["range=24h", { preset: "24h" }],
  ["range=yesterday", { preset: "yesterday" }],
  ["from=2026-11-23T12:00:00Z&range=24h", { from: "2026-11-23T12:00:00Z", to: "" }],
  ["range=constructor", null],
  ["from=nonsense", null],
  ["from=2026-11-23T12:00:00Z&to=then", null],
  ["", null],
])("%j is the time %j", (query, range) => expect(read(query)).toEqual(range));

test("a time goes into the URL and comes back", () => {
  for (const range of [{ preset: "today" }, { from: "2026-11-23T12:00:00Z", to: "" }, null] as const) {
    const query = Object.entries(writeTimeRange(range)).filter(([, value]) => value);
    expect(read(new URLSearchParams(query as [string, string][]).toString())).toEqual(range);
  }
});

const now = Date.parse("2026-03-30T10:00:00Z");
const told = (query: string, zone: string) => {
  const { since, until } = spanOf(read(query) ?? { preset: "1h" }, now, zone);
  return [since, until].map((at) => at && new Date(at).toISOString());
};

test("days are those of the zone, also where its clocks change", () => {
  expect(told("range=yesterday", "Europe/Berlin")).toEqual([
    "2026-03-28T23:00:00.000Z",
    "2026-03-29T22:00:00.000Z",
  ]);
  expect(told("range=today", "America/New_York")).toEqual([
    "2026-03-30T04:00:00.000Z",
    "2026-03-31T04:00:00.000Z",
  ]);
});

test("the latest hours go on, one's own end where they say", () => {
  expect(told("range=1h", "UTC")).toEqual(["2026-03-30T09:00:00.000Z", null]);
  expect(told("from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z", "UTC")).toEqual([
    "2026-03-01T00:00:00.000Z",
    "2026-03-02T00:00:00.000Z",
  ]);
});
