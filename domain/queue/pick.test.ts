import { describe, expect, test } from "vitest";
import { type HeldKinds, pickDraining, pickProbe } from "./pick";

describe("the next probe", () => {
  const none: HeldKinds = { asked: [], untried: [], tried: [], refused: [] };
  const held = (...pairs: [key: number, probes: number][]) => pairs.map(([key, probes]) => ({ key, probes }));
  const untried = held([9, 0], [8, 0]);
  const tried = held([3, 1], [4, 0], [2, 0]);
  const refused = held([1, 0], [5, 0]);
  const all = { ...none, untried, tried, refused };
  const first = { probesMade: 0, isProbeRefused: false };
  const second = { probesMade: 1, isProbeRefused: false };
  const afterRefused = { probesMade: 1, isProbeRefused: true };

  test.each([
    ["is none when nothing is held", none, first, undefined],
    ["is the oldest that was never tried at first", all, first, 8],
    ["is the oldest with the fewest probes of the others after that, refused or not", all, second, 1],
    ["and so on", all, { ...first, probesMade: 2 }, 8],
    ["is one with fewer probes before an older one", { ...none, tried: held([2, 2], [4, 1]) }, second, 4],
    ["is another when none was never tried", { ...none, tried }, first, 2],
    ["is one that was never tried when all are", { ...none, untried }, second, 8],
    ["is a refused one when nothing else waits", { ...none, refused }, first, 1],
    ["is none that was refused right after one that was", all, afterRefused, 2],
    ["nor where only untried ones wait beside them", { ...none, untried, refused }, afterRefused, 8],
    ["unless nothing else waits", { ...none, refused: held([1, 1], [5, 0]) }, afterRefused, 5],
    ["is what somebody asked for", { ...all, asked: held([7, 3]) }, first, 7],
    [
      "also when that was refused, right after one that was",
      { ...all, asked: held([5, 0], [1, 0]) },
      afterRefused,
      5,
    ],
  ])("%s", (_, kinds, latest, key) => {
    expect(pickProbe(kinds, latest)).toBe(key);
  });

  test("leaves what it is given in its order", () => {
    const given = structuredClone(all);
    pickProbe(given, second);
    expect(given).toEqual(all);
  });

  test("goes to one that is not refused at least every second time, however many are", () => {
    const many = Array.from({ length: 100 }, (_, index) => ({ key: index + 10, probes: 0 }));
    let latest = first;
    let healthy = 0;
    for (let n = 0; n < 50; n += 1) {
      const key = pickProbe(
        { ...none, untried: held([900, 0]), tried: held([901, 50]), refused: many },
        latest,
      );
      const isRefused = many.some((each) => each.key === key);
      expect(isRefused && latest.isProbeRefused).toBe(false);
      latest = { probesMade: latest.probesMade + 1, isProbeRefused: isRefused };
      if (!isRefused) healthy += 1;
    }
    expect(healthy).toBeGreaterThanOrEqual(25);
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
