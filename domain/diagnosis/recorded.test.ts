import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { diagnose } from "./diagnose";
import type { Evidence } from "./evidence";
import { hintOf } from "./hints";

/** What `npm run zoo` saw of real servers, and the code of what was wrong with them. */
type Recorded = { about: string; software: string; expected: string | null; evidence: Evidence };

const folder = join(import.meta.dirname, "recorded");
const recorded = readdirSync(folder).map((name): [string, Recorded] => {
  const record: Recorded = JSON.parse(readFileSync(join(folder, name), "utf8"));
  return [`${record.about} (${record.software})`, record];
});
const failed = recorded.filter(([, { evidence }]) => evidence.error !== null);
const delivered = recorded.filter(([, { evidence }]) => evidence.error === null);

describe("what real servers answer is explained by what was wrong with them:", () => {
  test.each(failed)("%s", (_, { evidence, expected }) => {
    expect(diagnose(evidence).code).toBe(expected);
  });
});

describe("a delivery that nobody handled has a hint, and one that somebody did has none:", () => {
  test.each(delivered)("%s", (_, { evidence, expected }) => {
    expect(hintOf(evidence)?.code ?? null).toBe(expected);
  });
});
