import { expect, test } from "vitest";
import { startDrain, stopDrain } from "./drain";
import { newQueue } from "./queue-state";

const queue = { ...newQueue(true), pending: 3 };

test("each drain has a number of its own, so that workers begin it from one at a time", () => {
  const first = startDrain(queue);
  expect(first).toEqual({ ...queue, isDraining: true, drain: 1 });
  expect(startDrain(first)).toEqual({ ...queue, isDraining: true, drain: 2 });
});

test("a drain that stops keeps its number", () => {
  expect(stopDrain(startDrain(queue))).toEqual({ ...queue, drain: 1 });
  expect(startDrain(stopDrain(startDrain(queue))).drain).toBe(2);
});
