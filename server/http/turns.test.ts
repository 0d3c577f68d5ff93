import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { createTurns, measureWork } from "./turns";

/** Takes a turn for some work. */
function turnsOf() {
  const { enter } = createTurns();
  return async <T>(caller: string, work: () => Promise<T>): Promise<T> => {
    const leave = await enter(caller);
    return work().finally(leave);
  };
}

/** So much work of the processor, however long that takes on a busy machine, and tells when it began and ended. */
const busyFor = (ms: number, spans: [number, number][]) => async () => {
  const startedAt = performance.now();
  const workedMs = measureWork();
  while (workedMs() < ms);
  spans.push([startedAt, performance.now()]);
};

test("the heavy work of one caller leaves more time to others than they take", async () => {
  const inTurn = turnsOf();
  const spans: [number, number][] = [];
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 40 }, () => inTurn("a", busyFor(20, spans))));
  expect(spans).toHaveLength(40);
  expect(performance.now() - startedAt).toBeGreaterThan(40 * 20 * 2);
});

test("a little heavy work goes on at once, and what has rested may do some again", async () => {
  const inTurn = turnsOf();
  const spans: [number, number][] = [];
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 6 }, () => inTurn("a", busyFor(20, spans))));
  const busyMs = spans.reduce((sum, [from, to]) => sum + to - from, 0);
  expect(performance.now() - startedAt).toBeLessThan(busyMs * 1.9);
});

test("much heavy work is made up for by one rest, not by minutes of them", async () => {
  const inTurn = turnsOf();
  // Far more than may be done at once.
  for (const ms of [1_500, 20]) await inTurn("a", busyFor(ms, []));
  await pause(1_100);
  const startedAt = performance.now();
  for (let call = 0; call < 5; call++) await inTurn("a", async () => {});
  expect(performance.now() - startedAt).toBeLessThan(500);
});

test("another caller does not wait for it", async () => {
  const inTurn = turnsOf();
  let done = 0;
  const heavy = Array.from({ length: 10 }, () => inTurn("a", busyFor(20, [])).then(() => (done += 1)));
  await pause(0);
  await inTurn("b", async () => {});
  expect(done).toBeLessThan(4);
  await Promise.all(heavy);
});

test("light ones follow at once, and one that fails ends nobody's turn", async () => {
  const inTurn = turnsOf();
  const fail = () => inTurn("a", () => Promise.reject(new Error("It failed.")));
  const failed = await Promise.allSettled(Array.from({ length: 100 }, fail));
  expect(failed.every(({ status }) => status === "rejected")).toBe(true);
  expect(await inTurn("a", async () => "answered")).toBe("answered");
});

test("a turn ends once, however often that is said", async () => {
  const { enter } = createTurns();
  const leave = await enter("a");
  await enter("a");
  leave();
  leave();
  await enter("a");
  let isIn = false;
  void enter("a").then(() => {
    isIn = true;
  });
  await pause(20);
  expect(isIn).toBe(false);
});
