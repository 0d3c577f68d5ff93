import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Evidence } from "@/domain/diagnosis/evidence";
import { createAuthority } from "@/testing/certificates";
import { openPlace } from "./place";
import { openProduct } from "./product";
import { record } from "./record";
import { countsOf, type Row, reportOf, type Skipped } from "./report";
import type { Situation } from "./situation";
import { situations } from "./situations";
import { judge } from "./verdict";

/*
 * `npm run zoo -- [--only words]`: every situation, one after the other. What was seen goes into
 * domain/diagnosis/recorded/ and, when all were run, into docs/receivers.md. Exit status 1 when something wrong is said.
 */
const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });
// Nothing that was started stays behind.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

const folder = mkdtempSync(join(tmpdir(), "fanfare-zoo-"));
const authority = await createAuthority(folder, "Fanfare Zoo CA");
const product = await openProduct(folder, authority.caFile);
const rows: Row[] = [];
const skipped: Skipped[] = [];
try {
  for (const situation of situations.filter(({ name }) => name.includes(values.only))) await run(situation);
} finally {
  await product.close();
  rmSync(folder, { recursive: true, force: true });
}
say(`\n${countsOf(rows)}${skipped.length > 0 ? `, ${skipped.length} not run` : ""}`);
if (values.only === "")
  writeFileSync("docs/receivers.md", reportOf(rows, skipped, new Date().toISOString().slice(0, 10)));
process.exit(rows.some(({ judged }) => judged.verdict === "wrong") ? 1 : 0);

async function run(situation: Situation): Promise<void> {
  const { name, about, expected } = situation;
  const missing = situation.software.filter((each) => each.version() === null);
  if (missing.length > 0) return skip(name, missing.map(({ install }) => install).join(", "));
  const software = situation.software.map((each) => `${each.name} ${each.version()}`).join(", ");
  const place = await openPlace(authority);
  try {
    const evidence = await product.deliver(await situation.start(place), situation);
    record(situation, software, evidence, place);
    const judged = judge(evidence, expected);
    rows.push({ name, about, software, back: cameBack(evidence), expected, judged });
    say(
      `${judged.verdict.padEnd(6)} ${name}: ${cameBack(evidence)}, expected ${expected ?? "–"}, said ${judged.said}`,
    );
  } catch (cause) {
    skip(name, cause instanceof Error ? cause.message : String(cause));
  } finally {
    await place.close();
  }
}

function skip(name: string, why: string): void {
  skipped.push({ name, why: why.split("\n").slice(0, 2).join(" ") });
  say(`not run ${name}: ${why}`);
}

function cameBack({ statusCode, error, detail }: Evidence): string {
  if (statusCode !== null) return String(statusCode);
  return detail === null ? `${error?.code}` : `${error?.code} (${detail})`;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
