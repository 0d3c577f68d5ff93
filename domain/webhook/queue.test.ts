import { describe, expect, test } from "vitest";
import { openBreaker } from "./breaker";
import { beginAnew, pauseQueue, queueAfter, resumeQueue } from "./queue";
import { newQueue, type QueueState } from "./queue-state";

const now = 1_000_000;
const waiting = { ...newQueue(true), pending: 9, drain: 4 };
const open = { ...openBreaker(waiting, now - 60_000), failures: [1, 2, 3, 4, 5] };
const draining = { ...waiting, isDraining: true };

describe("after attempts that were recorded together", () => {
  const attempt = (delivery: number, ok: boolean, isProbe = false) => ({
    ok,
    delivery,
    isTest: false,
    isProbe,
    isRefused: false,
    wasRefused: false,
  });
  const fail = (...deliveries: number[]) => deliveries.map((delivery) => attempt(delivery, false));
  const success = attempt(8, true);
  const opened = { openedAt: now, probeDelayMs: 5_000, probeAt: now + 5_000 };
  const closed = { openedAt: null, probeDelayMs: null, probeAt: null };
  type Row = [string, QueueState, ReturnType<typeof attempt>[], Partial<QueueState>];

  test.each<Row>([
    ["one failure is only counted", waiting, fail(6), { ...closed, failures: [6], isDraining: false }],
    ["five failures open the breaker", waiting, fail(1, 2, 3, 4, 5), { ...opened, drain: 4 }],
    ["what opens ends a drain", draining, fail(1, 2, 3, 4, 5), { ...opened, isDraining: false, drain: 4 }],
    [
      "a success closes, and what was held drains",
      open,
      [success],
      { ...closed, isDraining: true, drain: 5 },
    ],
    ["a success while it was closed drains nothing", waiting, [success], { isDraining: false, drain: 4 }],
    ["a success leaves a drain under way alone", draining, [success], { isDraining: true, drain: 4 }],
    [
      "a breaker that opened and closed between two commits has held nothing",
      waiting,
      [...fail(1, 2, 3, 4, 5), success],
      { ...closed, failures: [], isDraining: false, drain: 4 },
    ],
    [
      "nor has it ended a drain",
      draining,
      [...fail(1, 2, 3, 4, 5), success],
      { ...closed, isDraining: true, drain: 4 },
    ],
    [
      "a failure beside the success that closes it counts towards the next opening",
      open,
      [success, ...fail(6)],
      { ...closed, failures: [6], isDraining: true, drain: 5 },
    ],
    [
      "one that closes and opens again probes 5 s after that, and drains nothing",
      open,
      [success, ...fail(6, 7, 8, 9, 10)],
      { ...opened, isDraining: false, drain: 4 },
    ],
    [
      "a failed probe waits twice as long",
      open,
      [attempt(1, false, true)],
      { openedAt: now - 60_000, probeDelayMs: 10_000, probeAt: now + 10_000 },
    ],
    ["another failure moves no probe", open, fail(9), { probeDelayMs: 5_000, probeAt: now - 55_000 }],
  ])("%s", (_, before, attempts, expected) => {
    expect(queueAfter(before, attempts, now)).toMatchObject(expected);
  });
});

describe("beginning anew", () => {
  test.each<[string, QueueState, { isDraining: boolean; drain: number }]>([
    ["nothing was held: nothing drains", waiting, { isDraining: false, drain: 4 }],
    ["the breaker held it: it drains", open, { isDraining: true, drain: 5 }],
    ["it held, but nothing waits", { ...open, pending: 0 }, { isDraining: false, drain: 4 }],
    ["a drain under way begins from one again", draining, { isDraining: true, drain: 5 }],
  ])("%s", (_, queue, expected) => {
    expect(beginAnew(queue)).toMatchObject({ ...expected, failures: [], openedAt: null, probeAt: null });
  });

  test("forgets that anything was delivered, for that was elsewhere or otherwise", () => {
    expect(beginAnew({ ...waiting, succeededAt: now }).succeededAt).toBeNull();
  });

  test("leaves a paused queue paused", () => {
    expect(beginAnew(pauseQueue(open)).isPaused).toBe(true);
  });
});

test("a queue that is paused keeps all else, and drains once it is resumed", () => {
  const paused = pauseQueue(waiting);
  expect(paused).toEqual({ ...waiting, isPaused: true });
  expect(resumeQueue(paused)).toEqual({ ...waiting, isDraining: true, drain: 5 });
});

test("a queue in which nothing waits drains nothing when it is resumed", () => {
  expect(resumeQueue(newQueue(false))).toEqual(newQueue(true));
});
