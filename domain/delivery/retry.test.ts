import { expect, test } from "vitest";
import { retryLimits } from "../limits";
import { parseRetryAfterMs } from "./retry";

const { maxRetryAfterMs } = retryLimits;
const now = Date.UTC(2026, 0, 1, 12);

test.each([
  ["seconds", "120", 120_000],
  ["zero", "0", 0],
  ["a date ahead", "Thu, 01 Jan 2026 12:01:00 GMT", 60_000],
  ["more than a day", "1000000", maxRetryAfterMs],
  ["400 digits", "9".repeat(400), maxRetryAfterMs],
  ["a date as RFC 850 had it", "Thursday, 01-Jan-26 12:01:00 GMT", 60_000],
  ["a date as asctime writes it", "Thu Jan  1 12:01:00 2026", 60_000],
  ["a date in years", "Fri, 01 Jan 2100 12:01:00 GMT", maxRetryAfterMs],
])("%s counts", (_, value, delayMs) => {
  expect(parseRetryAfterMs(value, now)).toBe(delayMs);
});

test.each([
  ["negative", "-5"],
  ["NaN", "NaN"],
  ["inf", "inf"],
  ["1e300", "1e300"],
  ["fractional", "1.5"],
  ["empty", ""],
  ["a past date", "Thu, 01 Jan 2026 11:59:00 GMT"],
  ["words", "soon"],
  ["twice", ["5", "10"]],
  ["none", undefined],
])("%s is ignored", (_, value) => {
  expect(parseRetryAfterMs(value, now)).toBeNull();
});
