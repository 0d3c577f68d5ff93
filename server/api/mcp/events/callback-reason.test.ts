import { expect, test } from "vitest";
import { type ErrorCode, errorCodes, isFaultOfOurs } from "@/domain/delivery/outcome";
import { callbackReason } from "./callback-reason";

test.each<[ErrorCode, number | null, string]>([
  ["dns_error", null, "connection_refused"],
  ["blocked_address", null, "connection_refused"],
  ["connect_timeout", null, "timeout"],
  ["tls_error", null, "tls_error"],
  ["rate_limited", 429, "http_4xx"],
  ["gone", 410, "http_4xx"],
  ["http_status", 503, "http_5xx"],
  ["http_status", 304, "challenge_failed"],
  ["redirect", 302, "challenge_failed"],
])("%s (%s) is %s to an agent", (code, status, reason) => {
  expect(callbackReason(code, status)).toBe(reason);
});

test("what says nothing of the callback has no reason, and everything else has one", () => {
  const without = errorCodes.filter((code) => callbackReason(code, 500) === null);
  expect(without).toEqual(errorCodes.filter((code) => isFaultOfOurs(code) || isOfNoAttempt(code)));
});

const isOfNoAttempt = (code: ErrorCode) => code === "worker_lost" || code === "expired";
