import { describe, expect, test } from "vitest";
import { pickDraining, pickProbe } from "./pick";

describe("the next probe", () => {
  const held = (...probes: number[]) => probes.map((count, index) => ({ key: index + 1, probes: count }));
  test.each([
    ["is none when nothing is held", [], undefined],
    ["is the only one", held(3), 1],
    ["is the one that was probed least", held(2, 1, 3), 2],
    ["is the oldest of those", held(1, 0, 0, 2), 2],
    ["is the oldest, whatever the order in which they are due", held(1, 1, 1).reverse(), 1],
  ])("%s", (_, given, key) => {
    expect(pickProbe(given)).toBe(key);
  });

  test("leaves what it is given in its order", () => {
    const given = held(2, 1);
    pickProbe(given);
    expect(given).toEqual(held(2, 1));
  });
});

describe("of a backlog that drains", () => {
  const oldest = [1, 2, 3, 4, 5, 6];
  const newest = [60, 50, 40, 30, 20, 10];
  test.each([
    ["three go from the old end, then one from the new", oldest, newest, 0, 6, [1, 2, 3, 60, 4, 5]],
    ["turns go on where the last claim ended", oldest, newest, 3, 3, [60, 1, 2]],
    ["a single place is the newest's every fourth time", oldest, newest, 7, 1, [60]],
    ["what both ends hold goes once", [1, 2, 3, 4], [4, 3, 2, 1], 0, 4, [1, 2, 3, 4]],
    ["nothing is left out when both ends meet", [1, 2, 3], [3, 2, 1], 3, 3, [3, 1, 2]],
    ["no more go than are there", [1], [1], 0, 5, [1]],
    ["no place is none", oldest, newest, 0, 0, []],
  ])("%s", (_, old, young, drained, limit, expected) => {
    expect(pickDraining(old, young, drained, limit)).toEqual(expected);
  });
});
