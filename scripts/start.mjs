import "./node-version.mjs";
import { build } from "./build.mjs";
import { root } from "./run.mjs";
import { setUp } from "./setup.mjs";

// `npm start`: set-up and build where needed, then this very process becomes the supervisor, or the role that is
// named (web, worker), with the arguments after it.
const [role = "supervisor"] = process.argv.splice(2, 1);

process.chdir(root);
await setUp();
await build();
process.env.NODE_ENV = "production";
await import(`../dist/${role}.mjs`);
