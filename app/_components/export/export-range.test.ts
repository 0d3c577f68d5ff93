import { expect, test } from "vitest";
import { lastDays, sizeWords, toField, toRange } from "./export-range";

test("a range is asked for as the fields say it, in the browser's own zone", () => {
  const now = Date.parse("2026-06-15T12:00:00Z");
  const { since, until } = lastDays(7, now);
  expect(toRange({ since, until, webhookId: "" })).toEqual({
    since: "2026-06-08T12:00:00.000Z",
    until: "2026-06-15T12:01:00.000Z",
    webhook_id: undefined,
  });
  expect(new Date(toField(now)).getTime()).toBe(now);
});

test.each([
  ["", "2026-06-15T12:00"],
  ["2026-06-15T12:00", "2026-06-15T12:00"],
  ["2026-06-15T13:00", "2026-06-15T12:00"],
])("from %o to %o is no range", (since, until) => {
  expect(toRange({ since, until, webhookId: "" })).toBeNull();
});

test.each([
  [1, "json", "less than 1 kB"],
  [100, "json", "about 44 kB"],
  [10_000, "csv", "about 2.8 MB"],
  [100_000, "json", "about 44 MB"],
] as const)("%i rows in %s are %s", (rows, format, words) => {
  expect(sizeWords(rows, format)).toBe(words);
});
