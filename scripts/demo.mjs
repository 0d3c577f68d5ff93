import "./node-version.mjs";
import { build } from "./build.mjs";
import { root } from "./run.mjs";
import { setUp } from "./setup.mjs";

// `npm run demo`: the product on a scratch data folder, with an account, receivers and traffic.
process.chdir(root);
await setUp();
await build();
const { asTool, bundle } = await import("./bundle.mjs");
await bundle({ ...asTool, entryPoints: ["demo/demo.ts"], outdir: "dist/demo" });
const { runDemo } = await import("../dist/demo/demo.mjs");
process.exit(await runDemo(process.env));
