import type { Comparison, Condition, Leaf, Scalar } from "./condition";
import { fits } from "./fits";
import { entriesOf, valuesAt } from "./values-at";

/** A sentence that is kept with an event for each webhook: what is longer is cut. */
const longestWhy = 200;
/** Of several values or conditions, so many are told. */
const toldParts = 3;

/** A condition as people say it: `data.risk_level is high and data.hit_count is at least 2`. */
export function conditionWords(condition: Condition): string {
  switch (condition.op) {
    case "and":
      return condition.conditions.map(inGroup).join(" and ");
    case "or":
      return condition.conditions.map(inGroup).join(" or ");
    case "not":
      return `not (${conditionWords(condition.condition)})`;
    case "exists":
      return condition.value
        ? `there is ${placeOf(condition.path)}`
        : `there is no ${placeOf(condition.path)}`;
    default:
      return `${placeOf(condition.path)} is ${wantedWords(condition)}`;
  }
}

const inGroup = (condition: Condition) =>
  condition.op === "and" || condition.op === "or"
    ? `(${conditionWords(condition)})`
    : conditionWords(condition);

/** Why data does not fit a condition: `data.risk_level is low, asked for high`. At most 200 characters. */
export function whyNot(condition: Condition, data: unknown): string {
  const why = reasonOf(condition, data);
  return why.length <= longestWhy ? why : `${[...why.slice(0, longestWhy - 1)].filter(isWhole).join("")}…`;
}

/** Cut in half, a character of two units is none. */
const isWhole = (character: string) => !/^\p{Surrogate}$/u.test(character);

function reasonOf(condition: Condition, data: unknown): string {
  switch (condition.op) {
    case "and": {
      const failed = condition.conditions.find((each) => !fits(each, data));
      return failed ? reasonOf(failed, data) : "";
    }
    case "or":
      return some(
        condition.conditions.map((each) => reasonOf(each, data)),
        "; ",
      );
    case "not":
      return `${conditionWords(condition.condition)}, which is ruled out`;
    case "exists":
      return condition.value
        ? `there is no ${placeOf(condition.path)}`
        : `there is ${placeOf(condition.path)}`;
    default: {
      const found = valuesAt(data, condition.path);
      const values = found.flatMap(entriesOf).map(valueWords);
      const place = placeOf(condition.path);
      const is = values.length > 0 ? `${place} is ${some(values, ", ")}` : `${place} is empty`;
      return `${found.length > 0 ? is : `there is no ${place}`}, asked for ${wantedWords(condition)}`;
    }
  }
}

const placeOf = (path: string) => (path.startsWith("data.") ? path : `data.${path}`);

function wantedWords(leaf: Exclude<Leaf, { op: "exists" }>): string {
  if (leaf.op === "equals") return valueWords(leaf.value);
  if (leaf.op === "in") return `one of ${leaf.values.map(valueWords).join(", ")}`;
  if (leaf.op === "prefix") return `what begins with ${valueWords(leaf.value)}`;
  const is: Record<Comparison, string> = {
    less: "less than",
    at_most: "at most",
    at_least: "at least",
    greater: "greater than",
  };
  return `${is[leaf.op]} ${leaf.value}`;
}

function some(parts: string[], between: string): string {
  const told = parts.slice(0, toldParts).join(between);
  return parts.length > toldParts ? `${told} and ${parts.length - toldParts} more` : told;
}

/**
 * A text that would be taken for something else, or for none, is quoted, and so is one that holds what a sentence cannot:
 * quoted, it is escaped. Postgres keeps neither NUL nor half a surrogate pair.
 */
function valueWords(value: unknown): string {
  if (typeof value !== "string") return isScalar(value) ? String(value) : "an object";
  const isPlain =
    value === value.trim() &&
    !/^(?:|true|false|null|-?\d.*)$/s.test(value) &&
    !/[\p{Cc}\p{Surrogate}\p{Bidi_Control}]/u.test(value);
  return isPlain ? value : JSON.stringify(value).replace(turning, escaped);
}

/** What turns the words around it, which JSON leaves as it is. */
const turning = /\p{Bidi_Control}/gu;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

const isScalar = (value: unknown): value is Scalar => typeof value !== "object" || value === null;
