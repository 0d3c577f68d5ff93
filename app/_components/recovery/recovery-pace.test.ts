import { expect, test } from "vitest";
import { paceOf } from "./recovery-pace";

test("what is left goes no faster than the webhook's rate limit, however fast its saved up second went", () => {
  expect(paceOf(40, 2)).toBe(2);
  expect(paceOf(1.5, 2)).toBe(1.5);
});

test("before anything was seen, the limit alone tells, and without one nobody can", () => {
  expect(paceOf(0, 2)).toBe(2);
  expect(paceOf(0, null)).toBe(0);
  expect(paceOf(40, null)).toBe(40);
});
