import { expect, test } from "vitest";
import { marksByColumn } from "./marks-by-column";

const hour = (n: number) => `2026-06-15T${String(n).padStart(2, "0")}:00:00.000Z`;
const columns = [8, 9, 10, 11].map((n) => ({ start: hour(n), end: hour(n + 1) }));
const mark = (at: string) => ({ id: at, kind: "posted", name: at, at });

test("what happened stands where it did, and what lies in one column stands together", () => {
  const first = mark("2026-06-15T09:30:00.000Z");
  const second = mark("2026-06-15T09:45:00.000Z");
  const last = mark("2026-06-15T11:00:00.000Z");
  expect(marksByColumn([first, second, last], columns)).toEqual([
    { share: 0.375, marks: [first, second] },
    { share: 0.75, marks: [last] },
  ]);
});

test("what happened before and after the chart is left out", () => {
  expect(marksByColumn([mark(hour(7)), mark(hour(12))], columns)).toEqual([]);
});
