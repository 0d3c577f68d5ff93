import { expect, test } from "vitest";
import { absentPaths } from "./absent-paths";

const known = [
  { type: "search_completed", paths: ["data.case_id", "data.hit.count"] },
  { type: "batch_completed", paths: ["data.batch_id"] },
  { type: "alert_remediated", paths: ["data.case_id"] },
];
const hasCase = { op: "exists", path: "data.case_id", value: true } as const;
const hasHits = { op: "at_least", path: "data.hit.count", value: 1 } as const;

test("a path that only some of the types have is told with the others, by type", () => {
  expect(absentPaths(known, ["*"], { "*": hasCase })).toEqual([
    { path: "data.case_id", types: ["batch_completed"] },
  ]);
  expect(absentPaths(known, ["*"], { batch_completed: hasHits, "*": hasCase })).toEqual([
    { path: "data.hit.count", types: ["batch_completed"] },
  ]);
});

test("types that are not listed are not told of, nor what a type has further down", () => {
  expect(absentPaths(known, ["search_completed"], { "*": hasCase })).toEqual([]);
  const hasHit = { op: "exists", path: "hit", value: true } as const;
  expect(absentPaths(known, ["search_completed"], { search_completed: hasHit })).toEqual([]);
});

test("each path of a filter is looked at, however deep it stands", () => {
  const nested = { op: "and", conditions: [hasCase, { op: "not", condition: hasHits }] } as const;
  const conditions = { alert_remediated: { ...nested, conditions: [...nested.conditions] } };
  expect(absentPaths(known, ["alert_remediated"], conditions)).toEqual([
    { path: "data.hit.count", types: ["alert_remediated"] },
  ]);
});

test("nothing is told of a field that is not chosen yet", () => {
  const unchosen = { op: "exists", path: "", value: true } as const;
  expect(absentPaths(known, ["search_completed"], { "*": unchosen })).toEqual([]);
});
