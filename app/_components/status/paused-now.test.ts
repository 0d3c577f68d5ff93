import { expect, test } from "vitest";
import { isPausedNow } from "./paused-now";

const now = Date.parse("2026-06-15T12:00:00Z");

test.each([
  ["it is not paused", { is_paused: false, paused_until: null }, false],
  ["it has no end", { is_paused: true, paused_until: null }, true],
  ["its end is to come", { is_paused: true, paused_until: "2026-06-15T12:00:01Z" }, true],
  ["its end has come", { is_paused: true, paused_until: "2026-06-15T12:00:00Z" }, false],
])("a pause holds as long as it lasts: %s", (_, webhook, expected) => {
  expect(isPausedNow(webhook, now)).toBe(expected);
});
