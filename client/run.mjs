import "../scripts/node-version.mjs";
import { asTool, bundle } from "../scripts/bundle.mjs";
import { root } from "../scripts/run.mjs";
import { setUp } from "../scripts/setup.mjs";
import { buildClient } from "./build.mjs";

// `npm run client`: the types of today's API, and the package with them.
process.chdir(root);
await setUp({ forTests: true });
const folder = "node_modules/.cache/client";
await bundle({ ...asTool, entryPoints: ["client/make/main.ts"], outdir: folder, splitting: false });
await import(`${root}${folder}/main.mjs`);
await buildClient();
