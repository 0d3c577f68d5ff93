import type { Condition, Leaf, Scalar } from "@/domain/filter/condition";
import { instantOf } from "@/domain/filter/instant";
import type { Kind } from "./fields-of";

/** A comparison as the form draws it: one of the API's, or the opposite of one. */
export type Row = { isNot: boolean; leaf: Leaf };

/** How a row compares, as people choose it. */
export type Way = { name: string; words: string; op: Leaf["op"]; isNot: boolean; value?: boolean };

const is: Way = { name: "is", words: "is", op: "equals", isNot: false };
const isNot: Way = { name: "is-not", words: "is not", op: "equals", isNot: true };
const oneOf: Way = { name: "one-of", words: "is one of", op: "in", isNot: false };
const noneOf: Way = { name: "none-of", words: "is none of", op: "in", isNot: true };
const begins: Way = { name: "begins", words: "begins with", op: "prefix", isNot: false };
const beginsNot: Way = { name: "begins-not", words: "does not begin with", op: "prefix", isNot: true };
const exists: Way = { name: "exists", words: "is there", op: "exists", isNot: false, value: true };
const absent: Way = { name: "absent", words: "is not there", op: "exists", isNot: false, value: false };
const compared = (words: Record<"less" | "at_most" | "at_least" | "greater", string>): Way[] =>
  (Object.keys(words) as (keyof typeof words)[]).map((op) => ({
    name: op,
    words: words[op],
    op,
    isNot: false,
  }));
const numbers = compared({
  at_least: "is at least",
  greater: "is greater than",
  at_most: "is at most",
  less: "is less than",
});
const times = compared({ at_least: "is from", greater: "is after", at_most: "is until", less: "is before" });

/** The ways that fit a kind of value. */
export const ways: Record<Kind, Way[]> = {
  text: [is, isNot, oneOf, noneOf, begins, beginsNot, exists, absent],
  number: [is, isNot, ...numbers, oneOf, noneOf, exists, absent],
  boolean: [is, exists, absent],
  time: [...times, is, begins, exists, absent],
};

/** The way of a row among those of its kind; undefined for one that people wrote as JSON. */
export const wayOf = ({ leaf, isNot }: Row, kind: Kind): Way | undefined =>
  ways[kind].find(
    (way) => way.op === leaf.op && way.isNot === isNot && (leaf.op !== "exists" || way.value === leaf.value),
  );

/** The same place, compared in another way: what was typed stays as far as it fits. */
export function inWay({ leaf }: Row, way: Way, kind: Kind): Row {
  const { path } = leaf;
  const values = valuesOf(leaf);
  const first = values[0] ?? emptyValue[kind];
  switch (way.op) {
    case "exists":
      return { isNot: way.isNot, leaf: { op: "exists", path, value: way.value ?? true } };
    case "in":
      return { isNot: way.isNot, leaf: { op: "in", path, values: values.filter(isFilled) } };
    case "equals":
      return { isNot: way.isNot, leaf: { op: "equals", path, value: first } };
    case "prefix":
      return {
        isNot: way.isNot,
        leaf: { op: "prefix", path, value: typeof first === "string" ? first : "" },
      };
    default: {
      const value = typeof first === "number" || typeof first === "string" ? first : emptyBound(kind);
      return { isNot: way.isNot, leaf: { op: way.op, path, value } };
    }
  }
}

const emptyBound = (kind: Kind) => (kind === "number" ? Number.NaN : "");
const emptyValue: Record<Kind, Scalar> = { text: "", time: "", number: Number.NaN, boolean: true };

const valuesOf = (leaf: Leaf): Scalar[] =>
  leaf.op === "in" ? leaf.values : leaf.op === "exists" ? [] : [leaf.value];

/** A row to fill in; of a new kind of value, nothing that was typed fits. */
export const newRow = (path: string, kind: Kind): Row =>
  inWay({ isNot: false, leaf: { op: "in", path, values: [] } }, ways[kind][0] ?? is, kind);

/** What kind of value a row compares, by what it holds, where the catalogue does not tell. */
export function kindOfRow({ leaf }: Row): Kind {
  const [value] = valuesOf(leaf);
  if (typeof value === "number") return "number";
  if (typeof value === "boolean") return "boolean";
  const isBound = leaf.op !== "equals" && leaf.op !== "in" && leaf.op !== "prefix" && leaf.op !== "exists";
  return isBound ? "time" : "text";
}

/** The row that a condition is drawn as; null for one that is none. */
export function toRow(condition: Condition): Row | null {
  if ("conditions" in condition) return null;
  if (condition.op !== "not") return hasPlainValue(condition) ? { isNot: false, leaf: condition } : null;
  const inner = toRow(condition.condition);
  return inner && !inner.isNot && inner.leaf.op !== "exists" ? { ...inner, isNot: true } : null;
}

/** Nothing is a value of its own, which the form has no field for. */
const hasPlainValue = (leaf: Leaf) => !valuesOf(leaf).includes(null);

export const toCondition = ({ leaf, isNot }: Row): Condition =>
  isNot ? { op: "not", condition: leaf } : leaf;

const isFilled = (value: Scalar) => value !== "" && !Number.isNaN(value);

/** What is still to be filled in of a condition; null when nothing is. */
export function missingIn(condition: Condition): string | null {
  if (condition.op === "not") return missingIn(condition.condition);
  if ("conditions" in condition) {
    if (condition.conditions.length === 0) return "A group is empty.";
    return condition.conditions.map(missingIn).find((missing) => missing !== null) ?? null;
  }
  if (condition.path.trim() === "") return "A field is not chosen yet.";
  if (condition.op === "in" && condition.values.length === 0) return `${condition.path} has no values yet.`;
  if (!valuesOf(condition).every(isFilled)) return `${condition.path} has no value yet.`;
  const { op } = condition;
  if (op === "equals" || op === "in" || op === "prefix" || op === "exists") return null;
  const isBound = typeof condition.value === "number" || instantOf(condition.value) !== null;
  return isBound ? null : `${condition.path} needs a time such as 2026-01-31T12:00:00Z, or a day.`;
}
