import "./node-version.mjs";
import { checkFormatAndLint, checkTypes, endWithCount, runTests } from "./checks.mjs";
import { setUp } from "./setup.mjs";

// `npm run check`: the quick gate while coding.
await setUp({ forTests: true });
endWithCount([await checkFormatAndLint(), await checkTypes(), await runTests("unit")]);
