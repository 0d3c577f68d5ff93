import { expect, test } from "vitest";
import { createProgress } from "./progress";

const point = (position: number, at: number) => ({ position: BigInt(position), at, clock: at });

test("a replica is as old as the latest point of its primary that it has passed", () => {
  const progress = createProgress();
  progress.primaryIsAt(point(100, 1));
  progress.primaryIsAt(point(200, 2));
  progress.primaryIsAt(point(300, 3));
  expect(progress.reached()).toBeNull();
  progress.replicaIsAt(250n);
  expect(progress.reached()).toEqual(point(200, 2));
  expect([progress.has(250n), progress.has(251n)]).toEqual([true, false]);
  progress.replicaIsAt(299n);
  expect(progress.reached()).toEqual(point(200, 2));
  progress.replicaIsAt(300n);
  expect(progress.reached()).toEqual(point(300, 3));
});

test("while nothing is written, a replica that has all of it is as new as the latest question", () => {
  const progress = createProgress();
  for (const at of [1, 2, 3]) {
    progress.primaryIsAt(point(100, at));
    progress.replicaIsAt(100n);
    expect(progress.reached()?.at).toBe(at);
  }
});

test("one that has what its primary never had is of another history, however far the primary gets", () => {
  const progress = createProgress();
  progress.primaryIsAt(point(500, 1));
  progress.replicaIsAt(500n);
  progress.primaryIsAt(point(400, 2));
  expect(progress.has(100n)).toBe(false);
  progress.replicaIsAt(500n);
  progress.primaryIsAt(point(510, 3));
  progress.replicaIsAt(500n);
  expect(progress.reached()).toBeNull();
});

test("one that is far behind is believed again once it is near", () => {
  const progress = createProgress();
  for (let at = 1; at <= 1_000; at += 1) progress.primaryIsAt(point(at, at));
  progress.replicaIsAt(500n);
  expect(progress.reached()).toBeNull();
  progress.replicaIsAt(999n);
  expect(progress.reached()?.at).toBe(999);
});
