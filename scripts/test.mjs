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
for (const project of ["unit", "load", "sim", "system", "postgres"]) counts.push(await runTests(project));
counts.push(await runBrowserTests());
endWithCount(counts);
