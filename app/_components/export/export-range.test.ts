import { expect, test } from "vitest";
import { sizeWords, toRange } from "./export-range";

const now = Date.parse("2026-06-15T12:00:00Z");

test("days are those of the chosen zone, and end where the next one begins", () => {
  const yesterday = { range: { preset: "yesterday" }, webhookId: "" } as const;
  expect(toRange(yesterday, now, "Asia/Tokyo")).toEqual({
    since: "2026-06-13T15:00:00.000Z",
    until: "2026-06-14T15:00:00.000Z",
  });
});

test("what goes on up to now has no end, and all that is kept begins with time itself", () => {
  expect(toRange({ range: { preset: "7d" }, webhookId: "w" }, now, "UTC")).toEqual({
    since: "2026-06-08T12:00:00.000Z",
    webhook_id: "w",
  });
  expect(toRange({ range: null, webhookId: "" }, now, "UTC")).toEqual({ since: "1970-01-01T00:00:00.000Z" });
});

test.each([
  [1, "json", "less than 1 kB"],
  [100, "json", "about 44 kB"],
  [10_000, "csv", "about 2.8 MB"],
  [100_000, "json", "about 44 MB"],
] as const)("%i rows in %s are %s", (rows, format, words) => {
  expect(sizeWords(rows, format)).toBe(words);
});
