import { expect, test } from "vitest";
import { printable } from "./output";

test("what would steer a terminal is shown in place of being done", () => {
  expect(printable("a\u001b]0;title\u0007b\u009b2Jc\u202ed")).toBe(
    "a\\u001b]0;title\\u0007b\\u009b2Jc\\u202ed",
  );
  expect(printable("\u001b[8mhidden")).toBe("\\u001b[8mhidden");
});

test("lines, tabs and the colours of the command line stay", () => {
  const text = "\u001b[31mfailed\u001b[0m\n\t\u001b[1mé ✓\u001b[0m";
  expect(printable(text)).toBe(text);
});

test("JSON stays the same JSON", () => {
  const value = { text: "\u0000\u009b\u202e\n" };
  expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
});
