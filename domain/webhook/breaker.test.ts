import { describe, expect, test } from "vitest";
import { breakerAfter, closeBreaker, isOpen, openBreaker, probeFailed } from "./breaker";
import { newQueue, type QueueState } from "./queue-state";

const now = 1_000_000;
const closed = newQueue(true);
const minuteMs = 60_000;
const failed = { ok: false, isTest: false, isProbe: false, isRefused: false, wasRefused: false };
const refused = { ...failed, isRefused: true };
const failing = (queue: QueueState, deliveries: number[]) =>
  deliveries.reduce((current, delivery) => breakerAfter(current, { ...failed, delivery }, now), queue);

test("five failures over three deliveries open it, with a first probe after 5 s", () => {
  expect(failing(closed, [1, 1, 2, 2]).probeDelayMs).toBeNull();
  expect(failing(closed, [1, 1, 2, 2, 3])).toMatchObject({
    openedAt: now,
    probeDelayMs: 5_000,
    probeAt: now + 5_000,
  });
});

test("five failures over two deliveries don't", () => {
  expect(failing(closed, [1, 2, 1, 2, 1]).probeDelayMs).toBeNull();
});

test("only the last five count", () => {
  expect(failing(closed, [1, 2, 3, 3, 3, 3, 3]).probeDelayMs).toBe(5_000);
  expect(failing({ ...closed, failures: [3, 3, 3, 3, 3] }, [4]).probeDelayMs).toBeNull();
});

test("a success in between starts anew", () => {
  const four = failing(closed, [1, 2, 3, 4]);
  const success = breakerAfter(four, { ...failed, ok: true, delivery: 5 }, now);
  expect(failing(success, [6, 7, 8, 9]).probeDelayMs).toBeNull();
});

test("failed probes double the pause up to 5 minutes, other failures leave it", () => {
  let queue = failing(closed, [1, 2, 3, 4, 5]);
  const pauses = Array.from({ length: 8 }, () => {
    queue = breakerAfter(queue, { ...failed, delivery: 1, isProbe: true }, now);
    queue = breakerAfter(queue, { ...failed, delivery: 2 }, now);
    expect(queue.probeAt).toBe(now + (queue.probeDelayMs ?? 0));
    return queue.probeDelayMs;
  });
  expect(pauses).toEqual([10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
});

test("a test's failure counts to nothing, its success closes", () => {
  const open = failing(closed, [1, 2, 3, 4, 5]);
  expect(breakerAfter(open, { ...failed, delivery: 9, isTest: true }, now)).toEqual(open);
  expect(breakerAfter(open, { ...failed, ok: true, delivery: 9, isTest: true }, now)).toEqual({
    ...closed,
    succeededAt: now,
  });
});

describe("an answer that refuses the content", () => {
  const refusing = (queue: QueueState, deliveries: number[]) =>
    deliveries.reduce((current, delivery) => breakerAfter(current, { ...refused, delivery }, now), queue);

  test.each<[string, number | null, boolean]>([
    ["when nothing was ever delivered", null, true],
    ["not right after a success", now, false],
    ["nor within 5 minutes of one", now - 5 * minuteMs + 1, false],
    ["but from then on", now - 5 * minuteMs, true],
    ["and when a clock that was ahead has dated the success", now + minuteMs, true],
  ])("counts %s", (_, succeededAt, counts) => {
    const after = refusing({ ...closed, succeededAt }, [1, 2, 3, 4, 5]);
    expect([isOpen(after), after.failures]).toEqual(counts ? [true, [1, 2, 3, 4, 5]] : [false, []]);
  });

  test("counts once for a delivery, whatever else it failed with", () => {
    expect(refusing(closed, [1, 2, 1, 2, 3, 3, 1, 2]).failures).toEqual([1, 2, 3]);
    expect(refusing(failing(closed, [1, 2, 3, 4]), [1, 2, 3, 4]).failures).toEqual([1, 2, 3, 4]);
    expect(isOpen(refusing(failing(closed, [1, 2, 3, 4]), [4, 5]))).toBe(true);
  });

  test("leaves failures of other kinds to be counted beside it", () => {
    const after = failing(refusing({ ...closed, succeededAt: now }, [1, 2, 3]), [1, 1, 2, 2, 3]);
    expect(isOpen(after)).toBe(true);
  });
});

describe("the latest failed probe", () => {
  const open = openBreaker(closed, now);
  test.each([
    ["that broke otherwise leaves the choice of the next one free", failed, false],
    ["whose content was refused says so", refused, true],
    ["that went to one refused before says so too", { ...failed, wasRefused: true }, true],
  ])("%s", (_, probe, isProbeRefused) => {
    const after = probeFailed({ ...open, probesMade: 6, isProbeRefused: !isProbeRefused }, probe, now);
    expect(after).toMatchObject({ probesMade: 7, isProbeRefused });
  });
});

describe("a step of the breaker", () => {
  const draining = { ...closed, isPaused: true, pending: 7, failures: [1, 2], isDraining: true, drain: 3 };

  test.each<[string, QueueState, Partial<QueueState>]>([
    [
      "opening holds what is due until a first probe",
      openBreaker({ ...draining, probesMade: 9, isProbeRefused: true }, now),
      { openedAt: now, probeDelayMs: 5_000, probeAt: now + 5_000 },
    ],
    [
      "a failed probe moves the next one, and not since when it is open",
      probeFailed(openBreaker(draining, now), refused, now + 7),
      { openedAt: now, probeDelayMs: 10_000, probeAt: now + 10_007, probesMade: 1, isProbeRefused: true },
    ],
    [
      "closing forgets the failures and the probes",
      closeBreaker(probeFailed(openBreaker(draining, now), refused, now)),
      { failures: [] },
    ],
  ])("%s, and leaves all else", (_, queue, changed) => {
    expect(queue).toEqual({ ...draining, ...changed });
    expect(isOpen(queue)).toBe(changed.openedAt !== undefined);
  });
});
