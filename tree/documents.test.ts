import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { errorCodes } from "@/domain/delivery/outcome";
import { receivedTypeNames } from "@/domain/event/catalogue";
import { settings } from "@/server/process/env";
import { codeFiles } from "./imports.fixture";

const contract = readFileSync("docs/contract.md", "utf8");
const code = codeFiles().map((file) => ({ file, text: readFileSync(file, "utf8") }));

describe("what code cites by number is in docs/contract.md:", () => {
  test("rules", () => {
    const cited = citations(/\bcontract rules? (\d+)(?:(?:,| and| to) (\d+))*/gi);
    expect(cited.length).toBeGreaterThan(5);
    expect(cited.filter(({ number }) => !numbersUnder("Delivery rules").includes(number))).toEqual([]);
  });

  test("invariants, most of which the simulation checks", () => {
    // 0 blames the model itself.
    const blamed = citations(/\bblame\((?:[^()]*(?:\([^()]*\))? \? )?([1-9]\d*)(?: : (\d+))?,/g);
    const cited = [...blamed, ...citations(/\binvariants? (\d+)/gi)];
    const invariants = numbersUnder("Invariants");
    expect(invariants).toEqual(invariants.map((_, index) => index + 1));
    expect(new Set(blamed.map(({ number }) => number)).size).toBeGreaterThan(20);
    expect(cited.filter(({ number }) => !invariants.includes(number))).toEqual([]);
  });
});

test.each([
  ["setting", Object.keys(settings.shape)],
  ["error code", errorCodes],
  ["event type", receivedTypeNames.map((type) => type.replace("webhook.", ""))],
])("docs/contract.md names every %s", (_, names) => {
  const words = new Set(contract.match(/\w+/g));
  expect(names.filter((name) => !words.has(name))).toEqual([]);
  expect(names.length).toBeGreaterThan(5);
});

test("ARCHITECTURE.md names files that exist", () => {
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { encoding: "utf8" }).split(
    "\n",
  );
  const names = [
    ...readFileSync("ARCHITECTURE.md", "utf8").matchAll(/`([\w./[\]-]+\.(?:tsx?|mjs|json|md))`/g),
  ];
  const unknown = names.filter(([, name]) => !files.some((file) => `/${file}`.endsWith(`/${name}`)));
  expect(names.length).toBeGreaterThan(20);
  expect(unknown.map(([, name]) => name)).toEqual([]);
});

function citations(pattern: RegExp): { file: string; number: number }[] {
  return code.flatMap(({ file, text }) =>
    [...text.matchAll(pattern)].flatMap(([, ...numbers]) =>
      numbers.filter(Boolean).map((number) => ({ file, number: Number(number) })),
    ),
  );
}

/** The numbers of the list under a heading. */
function numbersUnder(heading: string): number[] {
  const [, section = ""] = contract.split(`\n## ${heading}\n`);
  const [list = ""] = section.split("\n## ");
  return [...list.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number));
}
