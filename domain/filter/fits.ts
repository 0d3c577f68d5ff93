import type { Comparison, Condition, Leaf } from "./condition";
import { instantOf } from "./instant";
import { entriesOf, valuesAt } from "./values-at";

/**
 * Whether an event's data is as a condition asks. Numbers are compared as doubles, which is exact: JSON that a double
 * would change is never accepted. A value of another kind than what it is compared with does not fit.
 */
export function fits(condition: Condition, data: unknown): boolean {
  switch (condition.op) {
    case "and":
      return condition.conditions.every((each) => fits(each, data));
    case "or":
      return condition.conditions.some((each) => fits(each, data));
    case "not":
      return !fits(condition.condition, data);
    case "exists":
      return valuesAt(data, condition.path).length > 0 === condition.value;
    default: {
      const isWanted = wanted(condition);
      return valuesAt(data, condition.path).some((value) => entriesOf(value).some(isWanted));
    }
  }
}

function wanted(leaf: Exclude<Leaf, { op: "exists" }>): (value: unknown) => boolean {
  switch (leaf.op) {
    case "equals":
      return (value) => value === leaf.value;
    case "in": {
      const values = new Set<unknown>(leaf.values);
      return (value) => values.has(value);
    }
    case "prefix":
      return (value) => typeof value === "string" && value.startsWith(leaf.value);
    default:
      return comparedWith(leaf.op, leaf.value);
  }
}

function comparedWith(op: Comparison, bound: number | string): (value: unknown) => boolean {
  if (typeof bound === "number") return (value) => typeof value === "number" && compare[op](value, bound);
  const moment = instantOf(bound);
  return (value) => {
    const at = typeof value === "string" ? instantOf(value) : null;
    return at !== null && moment !== null && compare[op](at, moment);
  };
}

const compare: Record<Comparison, (value: number, bound: number) => boolean> = {
  less: (value, bound) => value < bound,
  at_most: (value, bound) => value <= bound,
  at_least: (value, bound) => value >= bound,
  greater: (value, bound) => value > bound,
};
