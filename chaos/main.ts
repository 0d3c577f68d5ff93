import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { noKills } from "./kills";
import { negativeControlOnPostgres, scenariosOnPostgres } from "./postgres/scenarios";
import { isSound, type Result, reportOf } from "./report";
import { negativeControl, type Scenario, scenariosOf } from "./scenarios";

/*
 * `npm run chaos -- [--kills 50] [--workers 1] [--only words]`: every scenario, one after the other, and a report. With
 * `--on postgres [--seed 1]` the kills are faults of every kind on Postgres, and there are four workers.
 * Exit status 1 when a promise was broken, or when the negative control was not found out.
 */
const { values } = parseArgs({
  options: {
    on: { type: "string", default: "sqlite" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    kills: { type: "string", default: "50" },
    workers: { type: "string" },
    only: { type: "string", default: "" },
  },
});
const entries = join(import.meta.dirname, "product");
// Nothing that was started stays behind.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));
const startedAt = new Date();
const kills = noKills();
const results: Result[] = [];
if (values.on === "postgres") await runOnPostgres();
else if (values.on === "sqlite") await runOnSqlite();
else throw new Error("--on is sqlite or postgres.");

const report = reportOf(results, kills, startedAt);
const folder = "test-results/chaos";
mkdirSync(folder, { recursive: true });
const file = join(folder, `${startedAt.toISOString().replaceAll(":", "-")}.txt`);
writeFileSync(file, report);
process.stdout.write(`\n${report}\nWritten to ${file}\n`);
process.exitCode = results.every(isSound) ? 0 : 1;

async function runOnSqlite(): Promise<void> {
  const options = { entries, kills: Number(values.kills), workers: Number(values.workers ?? 1) };
  for (const scenario of scenariosOf(options)) await run(scenario, false);
  await run(negativeControl(entries), true);
}

async function runOnPostgres(): Promise<void> {
  const workers = Number(values.workers ?? 4);
  const options = { entries, faults: Number(values.kills), workers, seed: Number(values.seed) };
  for (const scenario of scenariosOnPostgres(options)) await run(scenario, false);
  await run(negativeControlOnPostgres(entries), true);
}

async function run(scenario: Scenario, isExpectedToBreak: boolean): Promise<void> {
  if (!scenario.name.includes(values.only)) return;
  process.stdout.write(`${scenario.name} …\n`);
  const begunAt = performance.now();
  // The negative control's kills are no part of what is measured.
  const verdict = await scenario.run(isExpectedToBreak ? noKills() : kills);
  results.push({
    name: scenario.name,
    verdict,
    isExpectedToBreak,
    seconds: (performance.now() - begunAt) / 1_000,
  });
}
