import "../scripts/node-version.mjs";
import { build } from "../scripts/build.mjs";
import { root } from "../scripts/run.mjs";
import { setUp } from "../scripts/setup.mjs";

// `npm run chaos`: the product with its doors wrapped, killed again and again under load.
process.chdir(root);
await setUp({ forTests: true });
await build();
const { bundleChaos, chaosFolder } = await import("./bundle.mjs");
await bundleChaos();
await import(`${root}${chaosFolder}/main.mjs`);
