import { describe, expect, test } from "vitest";
import { breakerAfter, closeBreaker, isOpen, openBreaker, probeFailed } from "./breaker";
import { newQueue, type QueueState } from "./queue-state";

const now = 1_000_000;
const closed = newQueue(true);
const failed = { ok: false, isTest: false, isProbe: false };
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
  expect(breakerAfter(open, { ...failed, ok: true, delivery: 9, isTest: true }, now)).toEqual(closed);
});

describe("a step of the breaker", () => {
  const draining = { ...closed, isPaused: true, pending: 7, failures: [1, 2], isDraining: true, drain: 3 };

  test.each<[string, QueueState, Partial<QueueState>]>([
    [
      "opening holds what is due until a first probe",
      openBreaker(draining, now),
      { openedAt: now, probeDelayMs: 5_000, probeAt: now + 5_000 },
    ],
    [
      "a failed probe moves the next one, and not since when it is open",
      probeFailed(openBreaker(draining, now), now + 7),
      { openedAt: now, probeDelayMs: 10_000, probeAt: now + 10_007 },
    ],
    ["closing forgets the failures", closeBreaker(openBreaker(draining, now)), { failures: [] }],
  ])("%s, and leaves all else", (_, queue, changed) => {
    expect(queue).toEqual({ ...draining, ...changed });
    expect(isOpen(queue)).toBe(changed.openedAt !== undefined);
  });
});
