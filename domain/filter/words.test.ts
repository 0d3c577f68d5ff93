import { expect, test } from "vitest";
import type { Condition } from "./condition";
import { conditionWords, whyNot } from "./words";

const high: Condition = { op: "equals", path: "data.risk_level", value: "high" };
const hits: Condition = { op: "at_least", path: "hit_count", value: 2 };

test.each<[Condition, string]>([
  [high, "data.risk_level is high"],
  [{ op: "equals", path: "n", value: "5" }, 'data.n is "5"'],
  [{ op: "equals", path: "n", value: 5 }, "data.n is 5"],
  [{ op: "equals", path: "n", value: null }, "data.n is null"],
  [{ op: "in", path: "c", values: ["DE", "AT", "CH", ""] }, 'data.c is one of DE, AT, CH, ""'],
  [{ op: "prefix", path: "id", value: "C-" }, "data.id is what begins with C-"],
  [{ op: "exists", path: "error", value: false }, "there is no data.error"],
  [
    { op: "and", conditions: [high, { op: "or", conditions: [hits, high] }] },
    "data.risk_level is high and (data.hit_count is at least 2 or data.risk_level is high)",
  ],
  [{ op: "not", condition: hits }, "not (data.hit_count is at least 2)"],
])("%j in words", (condition, words) => {
  expect(conditionWords(condition)).toBe(words);
});

test.each<[Condition, unknown, string]>([
  [high, { risk_level: "low" }, "data.risk_level is low, asked for high"],
  [high, {}, "there is no data.risk_level, asked for high"],
  [high, { risk_level: [] }, "data.risk_level is empty, asked for high"],
  [high, { risk_level: { of: 1 } }, "data.risk_level is an object, asked for high"],
  [high, { risk_level: "low\u0000" }, 'data.risk_level is "low\\u0000", asked for high'],
  [high, { risk_level: "\u202ewol" }, 'data.risk_level is "\\u202ewol", asked for high'],
  [high, { risk_level: "\ud800" }, 'data.risk_level is "\\ud800", asked for high'],
  [hits, { hit_count: "2" }, 'data.hit_count is "2", asked for at least 2'],
  [
    { op: "equals", path: "l", value: 9 },
    { l: [1, 2, 3, 4, 5] },
    "data.l is 1, 2, 3 and 2 more, asked for 9",
  ],
  [
    { op: "and", conditions: [hits, high] },
    { hit_count: 3, risk_level: "low" },
    "data.risk_level is low, asked for high",
  ],
  [
    { op: "or", conditions: [hits, high] },
    { hit_count: 1 },
    "data.hit_count is 1, asked for at least 2; there is no data.risk_level, asked for high",
  ],
  [{ op: "not", condition: high }, { risk_level: "high" }, "data.risk_level is high, which is ruled out"],
  [{ op: "exists", path: "a", value: false }, { a: null }, "there is data.a"],
])("why %j does not fit", (condition, data, why) => {
  expect(whyNot(condition, data)).toBe(why);
});

test("a long reason is cut between characters", () => {
  const why = whyNot({ op: "equals", path: "text", value: "x" }, { text: "😀".repeat(300) });
  expect(why).toHaveLength(200);
  expect(Buffer.from(why).toString()).toBe(why);
  expect(why.endsWith("😀…")).toBe(true);
});
