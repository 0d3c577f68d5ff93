import { expect, test } from "vitest";
import { hoursOf } from "./hours";
import type { OverviewStats } from "./types";

test("the hours of all webhooks are added up, hour by hour", () => {
  const buckets = (...counts: [number, number][]) => ({
    buckets: counts.map(([delivered, failed], n) => ({ start: `hour ${n}`, delivered, failed })),
  });
  const webhooks = [buckets([1, 0], [2, 3]), buckets([10, 20], [0, 0])];
  expect(hoursOf({ webhooks } as OverviewStats)).toEqual([
    { start: "hour 0", delivered: 11, failed: 20 },
    { start: "hour 1", delivered: 2, failed: 3 },
  ]);
  expect(hoursOf({ webhooks: [] as OverviewStats["webhooks"] } as OverviewStats)).toEqual([]);
});
