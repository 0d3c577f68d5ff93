import { expect, test } from "vitest";
import { heldBy, holding } from "./held";

const due = { isWaiting: true, isTest: false, dueForMs: 0, isRefused: false };
const later = { ...due, dueForMs: -1 };
const dueLong = { ...due, dueForMs: 1_000 };
const refused = { ...later, isRefused: true };
const on = {
  isActive: true,
  isPaused: false,
  isBreakerOpen: false,
  isAllPaused: false,
  isAway: false,
  isRateSpent: false,
};
const spent = { ...on, isRateSpent: true };
const away = { ...on, isAway: true };
const open = { ...on, isBreakerOpen: true };
const paused = { ...on, isPaused: true };
const allPaused = { ...open, isAllPaused: true };
const off = { ...on, isActive: false };
const busy = () => true;
const idle = () => false;

test.each([
  ["nothing holds what may go", due, on, busy, null],
  ["an open breaker holds what is due", due, open, busy, "breaker"],
  ["and not what is due later", later, open, busy, null],
  ["a pause holds what is due", due, paused, busy, "paused"],
  ["and what is due later", later, paused, busy, "paused"],
  ["a paused webhook says so before its breaker does", due, { ...open, isPaused: true }, busy, "paused"],
  ["the platform's pause holds what is due", due, allPaused, busy, "platform"],
  ["and what is due later", later, allPaused, busy, "platform"],
  ["a test goes out all the same", { ...due, isTest: true }, allPaused, busy, null],
  ["a listener that is away holds what is due", due, away, busy, "listener"],
  ["and what is due later", later, away, busy, "listener"],
  ["and tests, which no worker sends", { ...due, isTest: true }, away, busy, "listener"],
  ["a webhook that is off holds what is due", due, off, busy, "inactive"],
  ["and what is due later", later, off, busy, "inactive"],
  ["a webhook that is off says so first", due, { ...open, isActive: false }, busy, "inactive"],
  ["what was refused for its content is set aside until it is due", refused, on, busy, "set_aside"],
  ["also while the breaker holds what is due", refused, open, busy, "set_aside"],
  ["a pause holds it like all else", refused, paused, busy, "paused"],
  ["once it is due it goes like all else", { ...due, isRefused: true }, on, idle, null],
  ["and is held like all else", { ...due, isRefused: true }, open, idle, "breaker"],
  ["what is due for a while beside other requests waits for a place", dueLong, on, busy, "limit"],
  ["beside none it is about to go", dueLong, on, idle, null],
  ["and so it is in its first moment", { ...due, dueForMs: 999 }, on, busy, null],
  ["a limit that is spent holds what is due, at once", due, spent, busy, "rate_limit"],
  ["and not what is due later", later, spent, busy, null],
  ["an open breaker says so first", due, { ...open, isRateSpent: true }, busy, "breaker"],
  ["no test waits for a limit", { ...due, isTest: true }, spent, busy, null],
  ["a test is sent all the same", { ...dueLong, isTest: true }, off, busy, null],
  ["what has ended, or is in flight, is not held", { ...due, isWaiting: false }, off, busy, null],
])("%s", (_, delivery, webhook, isBusy, expected) => {
  expect(heldBy(delivery, webhook, isBusy)).toBe(expected);
});

test("nobody looks for other requests where they say nothing", () => {
  const never = () => {
    throw new Error("It was looked for.");
  };
  expect(heldBy(due, on, never)).toBeNull();
  expect(heldBy(dueLong, open, never)).toBe("breaker");
});

test("a webhook holds by its switch, then by a pause, then by the platform's, then by its breaker", () => {
  expect([on, open, allPaused, { ...allPaused, isPaused: true }, off].map(holding)).toEqual([
    null,
    "breaker",
    "platform",
    "paused",
    "inactive",
  ]);
});
