import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBrowser } from "./browser.mjs";
import { root, runTool, say } from "./run.mjs";

/** Each check answers `{ passed, failed }`. */
const one = (succeeded) => ({ passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 });

export async function checkFormatAndLint() {
  say("\nFormat and lint");
  const colours = process.stdout.isTTY ? [] : ["--colors=off"];
  return one(await runTool("@biomejs/biome/bin/biome", ["ci", "--error-on-warnings", ...colours]));
}

export async function checkTypes() {
  say("\nTypes");
  return one(await runTool("typescript/bin/tsc", ["--noEmit"], { label: "checking types" }));
}

/** Runs a vitest project. */
export function runTests(project) {
  say(`\nTests: ${project}`);
  return withReport(async (report) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const succeeded = await runTool("vitest/vitest.mjs", ["run", `--project=${project}`, ...reporters]);
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, "utf8"));
    return { succeeded, passed, failed };
  });
}

/** Runs the stories in a real browser, when there are any. */
export async function runBrowserTests() {
  const hasAny = readdirSync(join(root, "e2e"), { recursive: true }).some((name) =>
    name.endsWith(".spec.ts"),
  );
  if (!hasAny) return { passed: 0, failed: 0 };
  say("\nTests: end to end, in a browser");
  const browser = await findBrowser();
  return withReport(async (report) => {
    const env = { ...browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    const succeeded = await runTool("playwright/cli.js", ["test", "--reporter=list,json"], { env });
    const { stats } = JSON.parse(readFileSync(report, "utf8"));
    return { succeeded, passed: stats.expected + stats.flaky, failed: stats.unexpected };
  });
}

/** A runner that failed without naming a test, or without a report, counts as one failure. */
async function withReport(runner) {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-report-"));
  try {
    const { succeeded, passed, failed } = await runner(join(folder, "report.json"));
    return { passed, failed: succeeded ? failed : Math.max(failed, 1) };
  } catch (error) {
    say(`The runner left no report: ${error.message}`);
    return one(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Prints the sum as the last line, and ends with status 0 only when something passed and nothing failed. */
export function endWithCount(counts) {
  const sum = (name) => counts.reduce((total, count) => total + count[name], 0);
  const [passed, failed] = [sum("passed"), sum("failed")];
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  say(`\n${passed} passed, ${failed} failed`);
}
