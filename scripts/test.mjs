import "./node-version.mjs";
import { build } from "./build.mjs";
import { checkFormatAndLint, checkTypes, endWithCount, runBrowserTests, runTests } from "./checks.mjs";
import { setUp, setUpBeside } from "./setup.mjs";

// `npm test`: everything, in the order of what fails soonest. The last line counts over all of it.
await setUp({ forTests: true });
for (const folder of ["client", "examples"]) await setUpBeside(folder);
const counts = [await checkFormatAndLint()];
await build();
counts.push(await checkTypes());
for (const project of ["unit", "load"]) counts.push(await runTests(project));
// The simulation computes, and the others wait for what they started: beside each other they take what the longer takes.
counts.push(...(await Promise.all([runTests("sim"), runInTurn(["system", "postgres"])])).flat());
counts.push(await runBrowserTests());
endWithCount(counts);

async function runInTurn(projects) {
  const counts = [];
  for (const project of projects) counts.push(await runTests(project));
  return counts;
}
