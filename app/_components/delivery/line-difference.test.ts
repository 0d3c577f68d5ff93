import { expect, test } from "vitest";
import { lineDifference } from "./line-difference";

const written = (before: string, after: string) =>
  lineDifference(before, after).map(
    ({ kind, text }) => ({ same: " ", removed: "-", added: "+" })[kind] + text,
  );

test("lines that stay are kept, the others are taken out and put in", () => {
  expect(written("a\nb\nc", "a\nx\nc\nd")).toEqual([" a", "-b", "+x", " c", "+d"]);
});

test("equal texts differ in nothing, and an empty one is all new", () => {
  expect(written("a\nb", "a\nb")).toEqual([" a", " b"]);
  expect(written("", "a")).toEqual(["-", "+a"]);
});

test("applying a difference gives the later text", () => {
  const [before, after] = ["1\n2\n3\n4\n2\n1", "2\n2\n4\n1\n1"];
  const kept = lineDifference(before, after).filter(({ kind }) => kind !== "removed");
  expect(kept.map(({ text }) => text).join("\n")).toBe(after);
});
