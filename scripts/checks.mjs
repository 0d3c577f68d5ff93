import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { findBrowser } from "./browser.mjs";
import { root, runTool, say } from "./run.mjs";

/** Each check answers `{ passed, failed, remarks }`, of which the remarks name what failed, or was skipped. */
const one = (name, succeeded) =>
  succeeded ? { passed: 1, failed: 0, remarks: [] } : { passed: 0, failed: 1, remarks: [`failed: ${name}`] };

export async function checkFormatAndLint() {
  say("\nFormat and lint");
  const colours = process.stdout.isTTY ? [] : ["--colors=off"];
  return one(
    "format and lint",
    await runTool("@biomejs/biome/bin/biome", ["ci", "--error-on-warnings", ...colours]),
  );
}

export async function checkTypes() {
  say("\nTypes");
  return one("types", await runTool("typescript/bin/tsc", ["--noEmit"], { label: "checking types" }));
}

/** Runs a vitest project. */
export function runTests(project) {
  say(`\nTests: ${project}`);
  return withReport(`tests: ${project}`, async (report) => {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const succeeded = await runTool("vitest/vitest.mjs", ["run", `--project=${project}`, ...reporters]);
    const { numPassedTests: passed, numFailedTests: failed, testResults } = readReport(report);
    const remarks = testResults.flatMap(({ name, status, assertionResults }) => {
      const tests = assertionResults.filter((test) => test.status === "failed");
      const names = tests.map(({ fullName }) => ` › ${fullName}`);
      if (status === "failed" && tests.length === 0) names.push("");
      const file = relative(root, name);
      return [...names.map((test) => `failed: ${file}${test}`), ...skippedOf(file, assertionResults)];
    });
    return { succeeded, passed, failed, remarks };
  });
}

/** What is skipped says in its title what it needs: a line for each such title. */
function skippedOf(file, tests) {
  const skipped = tests.filter(({ status }) => status === "skipped");
  const titles = skipped.map(({ ancestorTitles: [outermost], title }) => outermost || title);
  return [...new Set(titles)].map((title) => `skipped: ${file} › ${title}`);
}

/** Runs the stories in a real browser, when there are any. */
export async function runBrowserTests() {
  const hasAny = readdirSync(join(root, "e2e"), { recursive: true }).some((name) =>
    name.endsWith(".spec.ts"),
  );
  if (!hasAny) return { passed: 0, failed: 0, remarks: [] };
  say("\nTests: end to end, in a browser");
  const browser = await findBrowser();
  return withReport("tests: in a browser", async (report) => {
    const env = { ...browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
    const succeeded = await runTool("playwright/cli.js", ["test", "--reporter=list,json"], { env });
    const { stats, suites } = readReport(report);
    const odd = { unexpected: "failed", flaky: "passed at the second try" };
    const remarks = suites
      .flatMap(storiesOf)
      .flatMap(({ file, title, tests }) =>
        tests
          .filter(({ status }) => odd[status])
          .map(({ status }) => `${odd[status]}: e2e/${file} › ${title}`),
      );
    return { succeeded, passed: stats.expected + stats.flaky, failed: stats.unexpected, remarks };
  });
}

const storiesOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(storiesOf)];

const readReport = (file) => JSON.parse(readFileSync(file, "utf8"));

/** A runner that failed without naming a test, or without a report, counts as one failure. */
async function withReport(name, runner) {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-report-"));
  try {
    const { succeeded, passed, failed, remarks } = await runner(join(folder, "report.json"));
    if (succeeded || failed > 0) return { passed, failed, remarks };
    return { passed, failed: 1, remarks: [...remarks, `failed: ${name}, without naming a test`] };
  } catch (error) {
    say(`The runner left no report: ${error.message}`);
    return one(name, false);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Names what failed or was skipped, prints the sum as the last line, and ends with status 0 only when something passed and nothing failed. */
export function endWithCount(counts) {
  const sum = (name) => counts.reduce((total, count) => total + count[name], 0);
  const [passed, failed] = [sum("passed"), sum("failed")];
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  const remarks = counts.flatMap((count) => count.remarks);
  if (remarks.length > 0) say(`\n${remarks.join("\n")}`);
  say(`\n${passed} passed, ${failed} failed`);
}
