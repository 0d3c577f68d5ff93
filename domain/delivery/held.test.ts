import { expect, test } from "vitest";
import { heldBy, holding } from "./held";

const due = { isWaiting: true, isTest: false, isDue: true };
const later = { ...due, isDue: false };
const on = { isActive: true, isBreakerOpen: false };
const open = { isActive: true, isBreakerOpen: true };
const off = { isActive: false, isBreakerOpen: false };

test.each([
  ["nothing holds what may go", due, on, null],
  ["an open breaker holds what is due", due, open, "breaker"],
  ["and not what is due later", later, open, null],
  ["a webhook that is off holds what is due", due, off, "inactive"],
  ["and what is due later", later, off, "inactive"],
  ["a webhook that is off says so first", due, { isActive: false, isBreakerOpen: true }, "inactive"],
  ["a test is sent all the same", { ...due, isTest: true }, off, null],
  ["what has ended, or is in flight, is not held", { ...due, isWaiting: false }, off, null],
])("%s", (_, delivery, webhook, expected) => {
  expect(heldBy(delivery, webhook)).toBe(expected);
});

test("a webhook holds by its switch, then by its breaker", () => {
  expect([on, open, off].map(holding)).toEqual([null, "breaker", "inactive"]);
});
