import { expect, test } from "vitest";
import { accentProblem, contrast } from "./contrast";

test("contrast is what WCAG says", () => {
  expect(contrast("#000000", "#ffffff")).toBe(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
  expect(contrast("#ffffff", "#777777")).toBeCloseTo(4.48, 2);
});

test("an accent that can be read on every ground is taken", () => {
  expect(accentProblem({ light: "#4f46e5", dark: "#9495fa" })).toBeNull();
  expect(accentProblem({ light: "#00566b", dark: "#5ad1e6" })).toBeNull();
});

test.each([
  [{ light: "#ffcc00", dark: "#9495fa" }, /#ffcc00 for light pages.* darker/],
  [{ light: "#757575", dark: "#9495fa" }, /#757575 for light pages/], // 4.6 on white, too little on its own ground
  [{ light: "#4f46e5", dark: "#3322aa" }, /#3322aa for dark pages.* lighter/],
])("%j is refused with the reason", (accent, reason) => {
  expect(accentProblem(accent)).toMatch(reason);
});
