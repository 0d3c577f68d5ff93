import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { createQueryTurns } from "./query-turns";

/** A query that keeps the process busy for so long, and tells when it began and ended. */
const busyFor = (ms: number, spans: [number, number][]) => async () => {
  const startedAt = performance.now();
  while (performance.now() < startedAt + ms);
  spans.push([startedAt, performance.now()]);
};

test("the heavy queries of one customer leave more time to others than they take", async () => {
  const { inTurn } = createQueryTurns();
  const spans: [number, number][] = [];
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: 10 }, () => inTurn("a", busyFor(20, spans))));
  const busyMs = spans.reduce((sum, [from, to]) => sum + to - from, 0);
  expect(spans).toHaveLength(10);
  expect(performance.now() - startedAt).toBeGreaterThan(busyMs * 1.5);
});

test("another customer does not wait for them", async () => {
  const { inTurn } = createQueryTurns();
  let done = 0;
  const heavy = Array.from({ length: 10 }, () => inTurn("a", busyFor(20, [])).then(() => (done += 1)));
  await pause(0);
  await inTurn("b", async () => {});
  expect(done).toBeLessThan(4);
  await Promise.all(heavy);
});

test("light ones follow at once, and one that fails ends nobody's turn", async () => {
  const { inTurn } = createQueryTurns();
  const fail = () => inTurn("a", () => Promise.reject(new Error("It failed.")));
  const failed = await Promise.allSettled(Array.from({ length: 100 }, fail));
  expect(failed.every(({ status }) => status === "rejected")).toBe(true);
  expect(await inTurn("a", async () => "answered")).toBe("answered");
});
