import "../scripts/node-version.mjs";
import { existsSync, readFileSync } from "node:fs";
import { build } from "../scripts/build.mjs";
import { asTool, bundle } from "../scripts/bundle.mjs";
import { fail, root, run } from "../scripts/run.mjs";
import { setUp } from "../scripts/setup.mjs";

// `npm run zoo`: delivers to real servers that are set up as people set them up wrongly.
process.chdir(root);
if (process.platform !== "linux") fail("The zoo needs Linux: it runs Debian's servers.");
await setUp({ forTests: true });
await installServers();
await build();
const folder = "node_modules/.cache/zoo";
await bundle({ ...asTool, entryPoints: ["zoo/main.ts"], outdir: folder, splitting: false });
await import(`${root}${folder}/main.mjs`);

/** The servers that are npm packages, at the versions that the zoo was last run with. */
async function installServers() {
  const installed = "zoo/node_modules/.package-lock.json";
  const wanted = Object.entries(JSON.parse(readFileSync("zoo/package-lock.json", "utf8")).packages);
  const found = existsSync(installed) ? JSON.parse(readFileSync(installed, "utf8")).packages : {};
  if (wanted.every(([name, { version, optional }]) => !name || optional || found[name]?.version === version))
    return;
  if (!(await run("npm", ["ci", "--prefix", "zoo", "--no-audit", "--no-fund"])))
    fail("The servers could not be installed.");
}
