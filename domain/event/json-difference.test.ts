import { expect, test } from "vitest";
import { jsonDifferences } from "./json-difference";

const written = (before: unknown, after: unknown) =>
  jsonDifferences(before, after).map(({ path, kind }) => `${path} ${kind}`);

test("what only one has, and other types, come before other values", () => {
  const before = { state: "complete", risk: { level: "low" }, note: "a", hits: 1 };
  const after = { state: "inconclusive", risk: null, reasons: ["b"], hits: 1 };
  expect(written(before, after)).toEqual([
    "$.risk other_type",
    "$.note only_before",
    "$.reasons only_after",
    "$.state other_value",
  ]);
});

test("ids and times that differ as always come last, and are said to be so", () => {
  const before = { id: "01a22168-a13e-749f-8eb3-d45421e853ee", at: "2026-11-28T09:00:00Z", hits: 1 };
  const after = { id: "01a22168-a13e-749f-8eb3-d45421e853ef", at: "2026-11-28T09:00:01Z", hits: 2 };
  expect(jsonDifferences(before, after).map(({ path, isUsual }) => [path, isUsual])).toEqual([
    ["$.hits", false],
    ["$.id", true],
    ["$.at", true],
  ]);
});

test("a time where there was an id is not usual", () => {
  const [difference] = jsonDifferences("01a22168-a13e-749f-8eb3-d45421e853ee", "2026-11-28T09:00:01Z");
  expect(difference).toMatchObject({ path: "$", isUsual: false });
});

test("elements of arrays are compared by place, objects in them by name", () => {
  expect(written({ list: [{ a: 1 }, 2] }, { list: [{ a: 2 }, 2, 3] })).toEqual([
    "$.list[2] only_after",
    "$.list[0].a other_value",
  ]);
});

test("a name that is no word is written in brackets", () => {
  expect(written({ "a b": 1, 'c"d': 1 }, { "a b": 2, 'c"d': 2 })).toEqual([
    '$["a b"] other_value',
    '$["c\\"d"] other_value',
  ]);
});

test("an inherited name is no member, and null is a value of its own", () => {
  expect(written({}, { toString: 1 })).toEqual(["$.toString only_after"]);
  expect(written({ a: null }, { a: {} })).toEqual(["$.a other_type"]);
  expect(written({ a: null, b: [] }, { b: [], a: null })).toEqual([]);
});
