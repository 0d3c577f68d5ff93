import "../scripts/node-version.mjs";
import { build } from "../scripts/build.mjs";
import { asTool, bundle } from "../scripts/bundle.mjs";
import { fail, root } from "../scripts/run.mjs";
import { setUp } from "../scripts/setup.mjs";

// `npm run bench`: measures the product as it is started, on this machine.
process.chdir(root);
if (process.platform !== "linux")
  fail("The benchmarks need Linux: they read times and memory of processes from /proc.");
await setUp({ forTests: true });
await build();
const folder = "node_modules/.cache/bench";
await bundle({
  ...asTool,
  entryPoints: ["main", "receiver-process", "bare-server"].map((name) => `bench/${name}.ts`),
  outdir: folder,
  splitting: false, // a process finds the others beside its own file
});
await import(`${root}${folder}/main.mjs`);
