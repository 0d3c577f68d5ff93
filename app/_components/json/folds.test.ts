import { expect, test } from "vitest";
import { foldedAtFirst, memberCount, shownLines } from "./folds";
import { jsonLines } from "./json-lines";

const linesOf = (value: unknown) => jsonLines(JSON.stringify(value)) ?? [];

test("of what is folded only the line that opens it is shown", () => {
  const lines = linesOf({ a: { b: [1, 2] }, c: 3 });
  expect(shownLines(lines, new Set())).toHaveLength(9);
  expect(shownLines(lines, new Set([1]))).toEqual([0, 1, 7, 8]);
  expect(shownLines(lines, new Set([0, 1]))).toEqual([0]);
});

test("a short text begins unfolded, a long one with the values of its data folded", () => {
  expect(foldedAtFirst(linesOf({ data: { list: [1, 2] } })).size).toBe(0);
  const long = linesOf({ id: "a", data: { name: "b", list: Array.from({ length: 200 }, (_, n) => n) } });
  expect(shownLines(long, foldedAtFirst(long))).toHaveLength(7);
});

test("what is folded away is counted by its own members", () => {
  const lines = linesOf({ a: { b: [1, 2], c: {}, d: { e: 1 } } });
  expect(memberCount(lines, 1)).toBe(3);
});

test("256 KiB are ready within a moment", () => {
  const text = JSON.stringify({
    data: Array.from({ length: 6_000 }, (_, n) => ({ id: n, name: "Zoë <b>&</b> Lindqvist" })),
  });
  expect(text.length).toBeGreaterThan(250_000);
  const startedAt = performance.now();
  const lines = jsonLines(text) ?? [];
  expect(shownLines(lines, foldedAtFirst(lines))).toHaveLength(6_004);
  expect(performance.now() - startedAt).toBeLessThan(1_000);
});
