import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { plantedBugs } from "./planted-bug.mjs";

/** Whether they are noticed, `npm run sim:bugs` says, which takes minutes. */
test.each(plantedBugs())("$name finds the lines that it is about", ({ file, changes }) => {
  const source = readFileSync(String(file), "utf8");
  expect(changes.map(({ find }) => source.split(find).length - 1)).toEqual(changes.map(() => 1));
});
