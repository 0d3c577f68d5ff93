import { describe, expect, test } from "vitest";
import type { ErrorCode, Outcome } from "../delivery/outcome";
import { afterAttempts, type EndedAttempt } from "./after-attempts";
import type { Health } from "./health";
import { newQueue } from "./queue-state";
import type { Leading } from "./rotation";
import type { Standing } from "./standing";
import type { SystemEvent } from "./system-event";
import type { WebhookKind } from "./webhook-kind";

const dayMs = 86_400_000;
const now = 100 * dayMs;
const fresh: Standing = {
  isActive: true,
  disabledReason: null,
  disabledAt: null,
  pause: null,
  version: 3,
  countdown: null,
  certificate: null,
  isReportedFailing: false,
};
const untried: Health = {
  lastAttemptAt: null,
  lastAttemptOk: null,
  lastStatusCode: null,
  lastError: null,
  failingSince: null,
  failuresInARow: 0,
  recoveredAt: null,
};
const queue = { ...newQueue(true), pending: 4 };
const known: Standing = { ...fresh, isReportedFailing: true };
/** One failure more is the last. */
const worn: Standing = {
  ...known,
  countdown: { since: now - 5 * dayMs, failures: 19, lastAt: now - 60_000, coveredMs: dayMs },
};

function attempt(
  status: number | ErrorCode,
  { at = now - 50, version = 3, isPending = true } = {},
  claim = {},
): EndedAttempt {
  return {
    claim: {
      delivery: 1,
      reason: "scheduled",
      isTest: false,
      isTrial: false,
      wasRefused: false,
      signing: { leads: "current", fallback: null },
      webhook: { version, url: "https://receiver.example/hook" },
      event: { id: "e", type: "search_completed", payload: "{}" },
      ...claim,
    },
    outcome: outcomeOf(status, at),
    next:
      status === 410
        ? { status: "failed", disableWebhook: "It is gone." }
        : { status: "pending", delayMs: 5_000, countsAsTry: true },
    isPending,
  };
}

function outcomeOf(status: number | ErrorCode, startedAt: number): Outcome {
  const common = {
    startedAt,
    durationMs: 50,
    timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
    peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
  };
  if (typeof status === "string")
    return { kind: "error", error: { code: status, message: "So." }, ...common };
  return {
    kind: "response",
    status,
    response: { headers: {}, body: new Uint8Array(), truncated: false },
    ...common,
  };
}

const leading: Leading = { signsWith: "previous", switchedAt: null };
const judge = (
  standing: Standing,
  attempts: EndedAttempt[],
  { kind = "customer" as WebhookKind, health = untried } = {},
) => afterAttempts({ health, standing, leading, queue, incident: null, kind }, attempts, now);

const failing: SystemEvent = {
  type: "webhook.failing",
  error: { code: "http_status", message: "The endpoint answered 500." },
  diagnosis: expect.objectContaining({ code: expect.any(String), confidence: "likely" }),
};

describe("what is told", () => {
  test.each<[string, Standing, EndedAttempt[], SystemEvent["type"][]]>([
    ["nothing of a success", fresh, [attempt(200)], []],
    ["the first failure", fresh, [attempt(500)], ["webhook.failing"]],
    ["not the second one", known, [attempt(500)], []],
    ["the first success after it", known, [attempt(200)], ["webhook.recovered"]],
    [
      "each in its order",
      fresh,
      [attempt(500), attempt(200), attempt(500)],
      ["webhook.failing", "webhook.recovered", "webhook.failing"],
    ],
    ["a delivery that failed", known, [attempt(500, { isPending: false })], ["delivery.failed"]],
    ["no test that failed", fresh, [attempt(500, { isPending: false }, { isTest: true })], []],
    [
      "not that one goes on because somebody asked again",
      known,
      [attempt(410, { isPending: true })],
      ["webhook.disabled"],
    ],
    ["both of a 410", known, [attempt(410, { isPending: false })], ["delivery.failed", "webhook.disabled"]],
    ["nothing of the webhook by an attempt to its old URL", fresh, [attempt(500, { version: 2 })], []],
    [
      "nothing of the webhook by a fault of ours",
      fresh,
      [attempt("internal", { isPending: false })],
      ["delivery.failed"],
    ],
    ["the end of the countdown", worn, [attempt(500)], ["webhook.disabled"]],
    ["that it is switched off, once", worn, [attempt(500), attempt(410)], ["webhook.disabled"]],
    ["no end of it by a test", worn, [attempt(500, {}, { isTest: true })], []],
  ])("%s", (_, webhook, attempts, types) => {
    expect(judge(webhook, attempts).tell.map(({ type }) => type)).toEqual(types);
  });

  test("is what the moment knew, whatever came after it", () => {
    expect(judge(fresh, [attempt(500), attempt(503)]).tell).toEqual([failing]);
  });
});

describe("a webhook", () => {
  test.each([
    ["the countdown is over", worn, attempt(500), "Every attempt of the last 5 days failed."],
    ["it answered 410", fresh, attempt(410), "It is gone."],
  ])("is switched off, and its queue paused, when %s", (_, webhook, last, disabledReason) => {
    const { standing: ended, queue: held } = judge(webhook, [last]);
    expect(ended).toMatchObject({ isActive: false, disabledReason, disabledAt: now });
    expect(held.isPaused).toBe(true);
  });

  test("that is off already keeps why", () => {
    const off = { ...worn, isActive: false, disabledReason: null };
    expect(judge(off, [attempt(410)]).standing).toMatchObject({ isActive: false, disabledReason: null });
  });

  test.each([attempt(500), attempt(410)])("of the platform is never switched off", (last) => {
    const { standing, tell } = judge(worn, [last], { kind: "platform" });
    expect([standing.isActive, tell]).toEqual([true, []]);
  });

  describe("of an agent", () => {
    const failed = [1, 2, 3, 4, 5].map((delivery) => attempt(500, { isPending: false }, { delivery }));

    test.each([attempt(500), attempt(410)])(
      "is not switched off, and nobody is told that it fails",
      (last) => {
        const { standing, tell, notices } = judge(worn, [last], { kind: "agent" });
        expect([standing.isActive, tell, notices]).toEqual([true, [], []]);
      },
    );

    test("has its breaker opened like any other, and an incident", () => {
      const { queue, incidentChange, tell, notices } = judge(fresh, failed, { kind: "agent" });
      expect(queue.openedAt).toBe(now);
      expect(incidentChange).toMatchObject({ kind: "begun", cause: { code: "agent_failed" } });
      expect([tell, notices]).toEqual([[], []]);
    });
  });

  test("counts failures down, and forgets them with a success of any kind", () => {
    const { standing, health } = judge(fresh, [attempt(500), attempt(500)]);
    expect(standing).toMatchObject({ countdown: { failures: 2 }, isReportedFailing: true });
    expect(health.failuresInARow).toBe(2);
    const success = attempt(200, {}, { isTest: true });
    expect(judge(worn, [success]).standing).toMatchObject({ countdown: null, isReportedFailing: false });
  });

  test("shows the attempt that ended last, also one to its old URL, and none that a fault of ours ended", () => {
    const old = attempt(503, { version: 2, at: now - 100 });
    const { health, standing } = judge(fresh, [old]);
    expect([health.lastStatusCode, standing]).toEqual([503, fresh]);
    const later = { ...untried, lastAttemptAt: now };
    expect(judge(fresh, [old], { health: later }).health).toEqual(later);
    expect(judge(fresh, [attempt("internal")])).toMatchObject({ health: untried, standing: fresh });
    expect(judge(fresh, [attempt("proxy_error")])).toMatchObject({ health: untried, standing: fresh });
  });

  test("is judged by all but tests and old attempts for its breaker", () => {
    const failed = [1, 2, 3, 4].map((delivery) => attempt(500, {}, { delivery }));
    expect(judge(fresh, [...failed, attempt(500, {}, { delivery: 5 })]).queue.openedAt).toBe(now);
    expect(judge(fresh, [...failed, attempt(500, {}, { isTest: true })]).queue.openedAt).toBeNull();
    expect(judge(fresh, [...failed, attempt(500, { version: 2 })]).queue.openedAt).toBeNull();
  });

  test("is judged by refused contents only where nothing else gets through", () => {
    const refused = [1, 2, 3, 4, 5].map((delivery) => attempt(422, {}, { delivery }));
    expect(judge(fresh, refused).queue.openedAt).toBe(now);
    expect(judge(fresh, [attempt(200), ...refused]).queue).toMatchObject({ openedAt: null, failures: [] });
    const { health, standing } = judge(fresh, [attempt(200), ...refused]);
    expect([health.failuresInARow, standing.countdown?.failures]).toEqual([5, 5]);
  });
});

test("attempts that only came too soon show, and count towards nothing", () => {
  const tooSoon = (delivery: number): EndedAttempt => ({
    ...attempt(429, {}, { delivery }),
    next: { status: "pending", delayMs: 500, countsAsTry: false, cameTooSoon: true },
  });
  const refused = [1, 2, 3, 4, 5, 6].map(tooSoon);
  const { health, standing, queue: held, tell } = judge(fresh, refused);
  expect(health).toMatchObject({ lastStatusCode: 429, failuresInARow: 6 });
  expect([standing, held, tell]).toEqual([fresh, queue, []]);
});

describe("during a rotation", () => {
  const second = { signing: { leads: "current", fallback: null } };
  const refused = (delivery: number): EndedAttempt => ({
    ...attempt(401, {}, { delivery, signing: { leads: "previous", fallback: "current" } }),
    next: { status: "pending", delayMs: 0, countsAsTry: false, signsWith: "current" },
  });

  test("an attempt that is made again at once shows, and counts towards nothing", () => {
    const {
      health,
      standing,
      queue: held,
      tell,
    } = judge(
      fresh,
      Array.from({ length: 16 }, (_, n) => refused(n)),
    );
    expect(health).toMatchObject({ lastStatusCode: 401, lastAttemptOk: false, failuresInARow: 16 });
    expect([standing, held, tell]).toEqual([fresh, queue, []]);
  });

  test("the one that is refused with the other secret too counts as any failure", () => {
    const { standing, queue: held } = judge(fresh, [
      refused(1),
      attempt(401, {}, { delivery: 1, ...second }),
    ]);
    expect([standing.countdown?.failures, held.failures]).toEqual([1, [1]]);
  });

  test.each<[string, EndedAttempt[], object]>([
    [
      "a success after a refusal",
      [refused(1), attempt(200, {}, second)],
      { signsWith: "current", switchedAt: now },
    ],
    ["a failure teaches nothing", [refused(1), attempt(500, {}, second)], leading],
    ["nor does an attempt of before a new secret", [attempt(200, { version: 2 }, second)], leading],
  ])("%s", (_, attempts, expected) => {
    expect(judge(fresh, attempts).leading).toEqual(expected);
  });
});
