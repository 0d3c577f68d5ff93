import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("a line is its cells between commas, and an end", () => {
  expect(csvLine(["a", 1, true, null, ""])).toBe("a,1,true,,\n");
});

test("what would end a cell too early is quoted", () => {
  expect(csvLine(['say "hi"', "a,b", "one\ntwo"])).toBe('"say ""hi""","a,b","one\ntwo"\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])("%j is no formula", (text) => {
  expect(csvLine([text]).replace(/^"/, "")).toMatch(/^'/);
});

test("numbers stay numbers, also below zero", () => {
  expect(csvLine([-1])).toBe("-1\n");
});
