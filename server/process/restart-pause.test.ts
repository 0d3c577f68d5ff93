import { expect, test } from "vitest";
import { restartPauseMs } from "./restart-pause";

const minute = 60_000;

test.each<[string, { ranForMs: number[]; pausesMs: number[] }]>([
  ["at once when it ends for the first time, however early", { ranForMs: [10], pausesMs: [0] }],
  ["at once whenever it ran well before", { ranForMs: [10, minute, minute], pausesMs: [0, 0, 0] }],
  [
    "later and later when it ends again and again, up to ten seconds",
    {
      ranForMs: Array(11).fill(10),
      pausesMs: [0, 100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000],
    },
  ],
  [
    "as if for the first time after it ran well",
    { ranForMs: [10, 10, 10, minute, 10], pausesMs: [0, 100, 200, 0, 100] },
  ],
])("a role is started again %s", (_, { ranForMs, pausesMs }) => {
  let last: number | null = null;
  const pauses = ranForMs.map((ranMs) => {
    last = restartPauseMs(last, ranMs);
    return last;
  });
  expect(pauses).toEqual(pausesMs);
});
