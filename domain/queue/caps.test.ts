import { expect, test } from "vitest";
import type { ErrorCode, Outcome } from "../delivery/outcome";
import { createCaps } from "./caps";

const common = {
  startedAt: 0,
  durationMs: 1,
  timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
  peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
};
const answer = (status: number): Outcome => ({
  kind: "response",
  status,
  response: { headers: {}, body: new Uint8Array(), truncated: false },
  ...common,
});
const failure = (code: ErrorCode): Outcome => ({ kind: "error", error: { code, message: "" }, ...common });
const timeout = failure("response_timeout");
const claim = { isTest: false, webhook: { key: 1, isDraining: false, drain: 0 } };
const draining = (drain: number) => ({ isTest: false, webhook: { key: 1, isDraining: true, drain } });

/** What a webhook may have after it was claimed and these attempts ended. */
function capAfter(outcomes: Outcome[], claimed = claim) {
  const caps = createCaps(16);
  for (const outcome of outcomes) caps.ended(claimed, outcome);
  return caps.lowered.get(1) ?? 16;
}

test.each([
  ["nothing", [], 16],
  ["a timeout", [timeout], 8],
  ["a timeout of any phase", [failure("dns_timeout"), failure("connect_timeout"), failure("tls_timeout")], 2],
  ["many timeouts", Array(9).fill(timeout), 1],
  ["a success after timeouts", [timeout, timeout, answer(204)], 5],
  ["a failure that is no timeout", [timeout, answer(500), failure("connect_refused")], 8],
  ["successes enough", [timeout, ...Array(8).fill(answer(200))], 16],
  ["more successes than timeouts took", Array(40).fill(answer(200)), 16],
])("after %s", (_, outcomes, cap) => {
  expect(capAfter(outcomes)).toBe(cap);
});

test("a test changes no cap", () => {
  expect(capAfter([timeout], { ...claim, isTest: true })).toBe(16);
});

test("only webhooks below the full cap are remembered", () => {
  const caps = createCaps(2);
  caps.ended(claim, timeout);
  expect([...caps.lowered]).toEqual([[1, 1]]);
  caps.ended(claim, answer(200));
  expect(caps.lowered.size).toBe(0);
});

test("a drain begins with one, comes further with each success, and ends at the cap", () => {
  const caps = createCaps(3);
  const come = () => caps.drains.get(1)?.cap;
  caps.claimed(draining(1));
  expect(come()).toBe(1);
  caps.ended(draining(1), answer(500));
  expect(come()).toBe(1);
  for (const expected of [2, 3, 3]) {
    caps.ended(draining(1), answer(200));
    caps.claimed(draining(1));
    expect(come()).toBe(expected);
  }
});

test("the next drain begins with one again, and one that is over is forgotten", () => {
  const caps = createCaps(8);
  caps.claimed(draining(1));
  caps.ended(draining(1), answer(200));
  caps.claimed(draining(2));
  expect(caps.drains.get(1)).toEqual({ drain: 2, cap: 1 });
  caps.claimed(claim);
  expect(caps.drains.size).toBe(0);
});
