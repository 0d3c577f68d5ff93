import { expect, test } from "vitest";
import { jsonLines, prettyJson } from "./json-lines";

test("JSON is indented like JSON.stringify does it", () => {
  const value = {
    a: 1,
    b: [true, null, { c: "x,y:{}[]", d: [] }],
    e: {},
    f: 'a "quoted" \\ one',
    g: [[1], [2]],
  };
  expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  expect(prettyJson(JSON.stringify(value, null, 4))).toBe(JSON.stringify(value, null, 2));
});

test("a string that ends with a bracket does not open anything", () => {
  const value = ["{", "[", ",", { "{": "," }];
  expect(prettyJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
});

test("numbers and escapes stay as they were written", () => {
  expect(prettyJson('{"n":12345678901234567890.0,"e":1E+2,"u":"\\u00e9"}')).toBe(
    '{\n  "n": 12345678901234567890.0,\n  "e": 1E+2,\n  "u": "\\u00e9"\n}',
  );
});

test.each(["", "ok", "<html>", '{"a":', "12", '"text"'])("%j is left as it is", (text) => {
  expect(prettyJson(text)).toBeNull();
});

test("an answer of nothing but brackets does not grow without bound", () => {
  const text = "[".repeat(8_000) + "]".repeat(8_000);
  expect(prettyJson(text)?.length).toBeLessThan(150 * text.length);
});

test("a line that opens something tells which line closes it, and an empty thing opens nothing", () => {
  const lines = jsonLines('{"a":{"b":[1,{}]},"c":[]}') ?? [];
  expect(lines.map(({ closedBy }) => closedBy ?? 0)).toEqual([8, 6, 5, 0, 0, 0, 0, 0, 0]);
  expect(lines.map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 3, 2, 1, 1, 0]);
});

test("keys are told from strings, and numbers from words", () => {
  const tokens = jsonLines('{"a":"a","b":-1e3,"c":null}')?.flatMap((line) => line.tokens);
  const kinds = tokens?.filter(({ kind }) => kind !== "mark").map(({ kind, text }) => `${kind} ${text}`);
  expect(kinds).toEqual(['key "a"', 'string "a"', 'key "b"', "number -1e3", 'key "c"', "word null"]);
});
