import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { codeFiles } from "./imports.fixture";

test("every file of TypeScript is checked", () => {
  const listed = execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "--listFilesOnly"], {
    encoding: "utf8",
  });
  const checked = new Set(listed.split("\n"));
  // The examples are compiled by their own test, with packages that nothing else needs.
  const files = codeFiles().filter((file) => /\.tsx?$/.test(file) && !file.startsWith("examples/"));
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((file) => !checked.has(`${process.cwd()}/${file}`))).toEqual([]);
}, 120_000);
