import { describe, expect, test } from "vitest";
import { decideForAgent, decideNext, outcomeError } from "./decide";
import type { ErrorCode, Outcome } from "./outcome";

const schedule = [5_000, 300_000];
const now = Date.UTC(2026, 0, 1);
const common = {
  startedAt: now,
  durationMs: 0,
  timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
  peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
};
const answer = (status: number, headers = {}): Outcome => ({
  kind: "response",
  status,
  response: { headers, body: new Uint8Array(), truncated: false },
  ...common,
});
const failure = (code: ErrorCode): Outcome => ({ kind: "error", error: { code, message: "" }, ...common });
const scheduled = {
  reason: "scheduled",
  isTest: false,
  number: 1,
  tries: 0,
  signing: { fallback: null },
} as const;
const retryIn = (delayMs: number) => ({ status: "pending", delayMs, countsAsTry: true });

describe("after an attempt", () => {
  test.each([
    ["200", answer(200), { status: "delivered" }],
    ["204", answer(204), { status: "delivered" }],
    ["299", answer(299), { status: "delivered" }],
    ["301", answer(301), retryIn(5_000)],
    ["400", answer(400), retryIn(5_000)],
    ["410", answer(410), { status: "failed", disableWebhook: expect.stringContaining("410") }],
    ["500", answer(500), retryIn(5_000)],
    ["a timeout", failure("response_timeout"), retryIn(5_000)],
    ["a blocked address", failure("blocked_address"), retryIn(5_000)],
    ["429 that asks for 10 s", answer(429, { "retry-after": "10" }), retryIn(10_000)],
    ["503 that asks for 1 s", answer(503, { "retry-after": "1" }), retryIn(5_000)],
    ["503 that asks for 3 days", answer(503, { "retry-after": "259200" }), retryIn(86_400_000)],
    ["500 that asks for 10 s", answer(500, { "retry-after": "10" }), retryIn(5_000)],
  ])("%s", (_, outcome, next) => {
    expect(decideNext(scheduled, outcome, schedule, 0.5)).toEqual(next);
  });

  test("the last try of the schedule fails the delivery", () => {
    expect(decideNext({ ...scheduled, tries: 2 }, answer(500), schedule, 0.5)).toEqual({
      status: "failed",
      disableWebhook: null,
    });
  });

  test("a failed probe uses up nothing and is due again at once", () => {
    const next = decideNext({ ...scheduled, reason: "probe", tries: 2 }, answer(500), schedule, 0.5);
    expect(next).toEqual({ status: "pending", delayMs: 0, countsAsTry: false });
  });

  describe("that came too soon for a receiver that takes others", () => {
    const again = { status: "pending", delayMs: 500, countsAsTry: false, cameTooSoon: true };
    test.each([
      ["it is made again at its pace, for nothing", {}, again],
      ["also when the schedule is spent", { number: 22, tries: 2 }, again],
      ["up to twenty times", { number: 20 }, again],
      ["and goes by the schedule then", { number: 21 }, retryIn(5_000)],
      [
        "a probe stays one",
        { reason: "probe" as const },
        { status: "pending", delayMs: 0, countsAsTry: false },
      ],
    ])("%s", (_, change, next) => {
      expect(decideNext({ ...scheduled, ...change }, answer(429), schedule, 0.5, 500)).toEqual(next);
    });
  });

  test("a failed test ends, even with 410, and leaves the webhook alone", () => {
    const next = decideNext({ ...scheduled, reason: "test", isTest: true }, answer(410), schedule, 0.5);
    expect(next).toEqual({ status: "failed", disableWebhook: null });
  });

  describe("during a rotation", () => {
    const first = { ...scheduled, tries: 2, signing: { fallback: "current" } } as const;
    const atOnce = { status: "pending", delayMs: 0, countsAsTry: false, signsWith: "current" };

    test.each([400, 401, 403])(
      "%i is answered by one more with the other secret, at once and for nothing",
      (status) => {
        for (const reason of ["scheduled", "manual", "probe"] as const) {
          expect(decideNext({ ...first, reason }, answer(status), schedule, 0.5)).toEqual(atOnce);
        }
      },
    );

    test.each([
      ["other failures go by the schedule", { ...first, tries: 0 }, answer(422), retryIn(5_000)],
      ["so does no answer", { ...first, tries: 0 }, failure("connect_reset"), retryIn(5_000)],
      [
        "and what is refused with the other secret too",
        { ...scheduled, tries: 1 },
        answer(401),
        retryIn(300_000),
      ],
      [
        "a test has one attempt",
        { ...first, reason: "test" as const, isTest: true },
        answer(401),
        { status: "failed", disableWebhook: null },
      ],
    ])("%s", (_, situation, outcome, next) => {
      expect(decideNext(situation, outcome, schedule, 0.5)).toEqual(next);
    });
  });

  test("delays vary by 20 % either way", () => {
    expect(decideNext(scheduled, answer(500), schedule, 0)).toEqual(retryIn(4_000));
    expect(decideNext(scheduled, answer(500), schedule, 0.999_999)).toEqual(retryIn(6_000));
  });

  test("a redirect's error names where it leads", () => {
    expect(outcomeError(answer(302, { location: "https://other.example/" }))).toEqual({
      code: "redirect",
      message: "The endpoint answered 302 to https://other.example/. Redirects are never followed.",
    });
  });
});

describe("after an attempt for an agent", () => {
  const failed = { status: "failed", disableWebhook: null };
  const held = { status: "pending", delayMs: 0, countsAsTry: false };

  test.each([
    ["200", answer(200), { status: "delivered" }],
    ["410 ends this delivery alone", answer(410), failed],
    ["so does 413", answer(413), failed],
    ["503 while it stores what it answered", answer(503), retryIn(30_000)],
    ["425", answer(425), retryIn(30_000)],
    ["401", answer(401), retryIn(30_000)],
    ["a redirect", answer(307, { location: "/" }), retryIn(30_000)],
    ["a timeout", failure("response_timeout"), retryIn(30_000)],
    ["503 that asks for 2 minutes", answer(503, { "retry-after": "120" }), retryIn(120_000)],
  ])("%s", (_, outcome, next) => {
    expect(decideForAgent(scheduled, outcome, null)).toEqual(next);
  });

  test("there are three more, after 30 s, 2 min and 10 min", () => {
    const waits = [0, 1, 2, 3].map((tries) => decideForAgent({ ...scheduled, tries }, answer(500), null));
    expect(waits).toEqual([retryIn(30_000), retryIn(120_000), retryIn(600_000), failed]);
  });

  test("a probe stays one, but what it asks with is over with 410 and 413", () => {
    const probe = { ...scheduled, reason: "probe" } as const;
    expect(decideForAgent(probe, answer(500), null)).toEqual(held);
    for (const status of [410, 413]) expect(decideForAgent(probe, answer(status), null)).toEqual(failed);
  });

  test("what only came too soon is made again at the receiver's pace", () => {
    expect(decideForAgent(scheduled, answer(429), 500)).toMatchObject({ delayMs: 500, cameTooSoon: true });
  });

  test("a challenge has one attempt", () => {
    const challenge = { ...scheduled, reason: "test", isTest: true } as const;
    expect(decideForAgent(challenge, answer(503), null)).toEqual(failed);
  });
});
