import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Comparison, Condition, Leaf, Scalar } from "./condition";
import { conditionFor } from "./condition-for";
import { fits } from "./fits";
import { instantOf } from "./instant";

const data = {
  state: "complete",
  hit_count: 2,
  exact: 0.1,
  subject: { name: "Amelia", tags: [] },
  hits: [{ score: 10, lists: ["pep", "sanctions"] }, { score: 90 }, "none"],
  changed_at: "2026-03-12T09:41:27.318Z",
  birth_date: "1984-07-19",
  nothing: null,
};

const leaf = (op: Leaf["op"], path: string, value: unknown) =>
  ({ op, path, [op === "in" ? "values" : "value"]: value }) as Leaf;

test.each<[boolean, Leaf["op"], string, unknown]>([
  [true, "equals", "state", "complete"],
  [true, "equals", "data.state", "complete"],
  [false, "equals", "state", "Complete"],
  [true, "equals", "nothing", null],
  [false, "equals", "absent", null],
  [true, "equals", "hit_count", 2],
  [false, "equals", "hit_count", "2"],
  [true, "equals", "subject.name", "Amelia"],
  [false, "equals", "subject", "Amelia"],
  [true, "equals", "hits.lists", "pep"],
  [true, "equals", "hits", "none"],
  [false, "equals", "state.length", 8],
  [false, "exists", "toString", true],
  [true, "in", "hits.score", [1, 90]],
  [false, "in", "hits.score", [1, "90"]],
  [true, "greater", "hits.score", 89],
  [false, "greater", "hits.score", 90],
  [true, "at_least", "hits.score", 90],
  [true, "less", "hits.score", 11],
  [false, "less", "hits.score", 10],
  [true, "at_most", "exact", 0.1],
  [false, "less", "state", 5],
  [false, "at_most", "nothing", 5],
  [true, "greater", "changed_at", "2026-03-12T10:41:27.317+01:00"],
  [false, "greater", "changed_at", "2026-03-12T10:41:27.318+01:00"],
  [true, "less", "birth_date", "1990-01-01"],
  [false, "less", "birth_date", 1],
  [false, "less", "state", "2026-01-01"],
  [true, "prefix", "subject.name", "Am"],
  [false, "prefix", "hit_count", "2"],
  [true, "exists", "nothing", true],
  [true, "exists", "subject.tags", true],
  [false, "exists", "subject.tags.name", true],
  [true, "exists", "absent", false],
])("%s: %s %s %j", (expected, op, path, value) => {
  expect(fits(leaf(op, path, value), data)).toBe(expected);
});

test("a key that every object has is none, and __proto__ is one like another", () => {
  const odd: unknown = JSON.parse('{"__proto__":{"a":1}}');
  expect(fits(leaf("equals", "__proto__.a", 1), odd)).toBe(true);
  expect(fits(leaf("exists", "__proto__", true), {})).toBe(false);
  expect(fits(leaf("exists", "constructor", true), {})).toBe(false);
});

const names = ["a", "b", "data", "__proto__"];
const scalar = fc.oneof(
  fc.constantFrom<Scalar>(
    null,
    true,
    false,
    0,
    -0,
    1,
    1.5,
    "",
    "a",
    "ab",
    "1",
    "2026-01-01",
    "2026-01-01T00:00:01Z",
  ),
  fc.integer({ min: -2, max: 2 }),
);
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom(...names), tie("value")), { selector: ([name]) => name })
      .map(asObject),
  ),
})).value;
const path = fc
  .array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
  .map((keys) => keys.join("."));
const bound = fc.oneof(
  fc.integer({ min: -2, max: 2 }),
  fc.constantFrom("2026-01-01", "2026-01-01T00:00:01Z"),
);
const anyLeaf: fc.Arbitrary<Leaf> = fc.oneof(
  fc.record({ op: fc.constant("equals" as const), path, value: scalar }),
  fc.record({
    op: fc.constant("in" as const),
    path,
    values: fc.array(scalar, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    op: fc.constantFrom<Comparison>("less", "at_most", "at_least", "greater"),
    path,
    value: bound,
  }),
  fc.record({ op: fc.constant("prefix" as const), path, value: fc.constantFrom("a", "1", "2026") }),
  fc.record({ op: fc.constant("exists" as const), path, value: fc.boolean() }),
);
const condition = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    anyLeaf,
    fc.record({
      op: fc.constantFrom("and" as const, "or" as const),
      conditions: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ op: fc.constant("not" as const), condition: tie("condition") }),
  ),
})).condition;

function asObject(entries: [string, unknown][]): unknown {
  const object: Record<string, unknown> = {};
  for (const [name, value] of entries)
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  return object;
}

describe("any condition and any data", () => {
  test("are judged as by a reference that writes every value down with its path", () => {
    fc.assert(
      fc.property(condition, json, (asked, given) => {
        expect(fits(asked, given)).toBe(naive(asked, everything(given)));
      }),
      { numRuns: 3_000 },
    );
  });

  test("are judged alike before and after they were written as JSON", () => {
    fc.assert(
      fc.property(condition, json, (asked, given) => {
        const again = (value: unknown) => JSON.parse(JSON.stringify(value));
        expect(fits(again(asked), again(given))).toBe(fits(asked, given));
      }),
    );
  });
});

type Written = { path: string; value: unknown };

/** Every value with its path: what lists hold is at the list's own, where the list is as well. */
function everything(value: unknown, path = "data"): Written[] {
  const here = { path, value };
  if (typeof value !== "object" || value === null) return [here];
  if (Array.isArray(value)) return [here, ...value.flatMap((each) => everything(each, path))];
  return [
    here,
    ...Object.keys(value).flatMap((key) =>
      everything((value as Record<string, unknown>)[key], `${path}.${key}`),
    ),
  ];
}

function naive(asked: Condition, all: Written[]): boolean {
  if ("conditions" in asked) {
    const each = asked.conditions.map((one) => naive(one, all));
    return asked.op === "and" ? !each.includes(false) : each.includes(true);
  }
  if (asked.op === "not") return naive(asked.condition, all) === false;
  const path = /^data\./.test(asked.path) ? asked.path : `data.${asked.path}`;
  const there = all.filter((each) => each.path === path).map(({ value }) => value);
  if (asked.op === "exists") return asked.value ? there.length > 0 : there.length === 0;
  if (asked.op === "equals") return there.some((value) => isSame(value, asked.value));
  if (asked.op === "in") return asked.values.some((wanted) => there.some((value) => isSame(value, wanted)));
  if (asked.op === "prefix")
    return there.some((value) => typeof value === "string" && value.indexOf(asked.value) === 0);
  const by = there.flatMap((value) =>
    comparable(value, asked.value) ? [Math.sign(order(value) - order(asked.value))] : [],
  );
  const wanted = { less: [-1], at_most: [-1, 0], at_least: [0, 1], greater: [1] }[asked.op];
  return by.some((sign) => wanted.some((each) => each === sign));
}

const isSame = (a: unknown, b: unknown) => (typeof a !== "object" || a === null ? a === b : false);
const isTime = (value: unknown) => typeof value === "string" && /^\d{4}-/.test(value);
const comparable = (a: unknown, b: unknown) =>
  (typeof a === "number" && typeof b === "number") || (isTime(a) && isTime(b));
const order = (value: unknown) => (typeof value === "string" ? new Date(value).getTime() : Number(value));

test("* is for the types that are published and have no condition of their own", () => {
  const own: Condition = { op: "exists", path: "a", value: true };
  const any: Condition = { op: "exists", path: "b", value: true };
  const conditions = { search_completed: own, "*": any };
  expect(conditionFor(conditions, "search_completed")).toBe(own);
  expect(conditionFor(conditions, "flow_run_failed")).toBe(any);
  expect(conditionFor(conditions, "webhook.slow")).toBeNull();
  expect(conditionFor({ search_completed: own }, "toString")).toBeNull();
});

test.each([
  ["2026-02-28", true],
  ["2028-02-29T10:00:00Z", true],
  ["2026-02-29", false],
  ["2026-02-30T10:00:00Z", false],
  ["2026-13-01", false],
])("%s is a time: %s", (text, isTime) => {
  expect(instantOf(text) !== null).toBe(isTime);
});
