import { expect, test } from "vitest";
import { plannedAttempts } from "./planned-attempts";

const schedule = [5_000, 300_000, 1_800_000];
const at = (ms: number) => new Date(ms).toISOString();

test("a delivery that failed twice has the next attempt and what follows it", () => {
  const delivery = { status: "pending", next_attempt_at: at(1_000_000), tries: 2 };
  expect(plannedAttempts(delivery, schedule)).toEqual([1_000_000, 2_800_000]);
});

test("the last attempt is followed by none", () => {
  const delivery = { status: "pending", next_attempt_at: at(1_000), tries: 3 };
  expect(plannedAttempts(delivery, schedule)).toEqual([1_000]);
});

test("what has ended, or is held without a time, plans nothing", () => {
  expect(plannedAttempts({ status: "failed", next_attempt_at: null, tries: 4 }, schedule)).toEqual([]);
  expect(plannedAttempts({ status: "pending", next_attempt_at: null, tries: 1 }, schedule)).toEqual([]);
});
