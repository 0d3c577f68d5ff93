import { expect, test } from "vitest";
import { verdictOf } from "./verdict";

const even = { matched: 3, delivered: 2, waiting: 1, failed: 0, cancelled: 0, missed: 0, is_balanced: true };

test.each([
  ["nothing failed or was missed", even, "ok", "Adds up, nothing lost"],
  ["something failed", { ...even, failed: 1 }, "warn", "Adds up, some failed"],
  [
    "something was missed too",
    { ...even, failed: 1, missed: 2 },
    "warn",
    "Adds up, some failed, some missed",
  ],
  ["the sum differs", { ...even, is_balanced: false }, "bad", "Does not add up: report this"],
])("an equation is green only when it holds and nothing is lacking: %s", (_, balance, tone, words) => {
  expect(verdictOf(balance)).toMatchObject({ tone, words });
});
