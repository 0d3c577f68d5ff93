import "./node-version.mjs";
import { runTool, say } from "./run.mjs";
import { setUp } from "./setup.mjs";

// `npm run migration add_region`: what changed in db/sqlite/schema since the newest migration, as the next one.
const [name, ...rest] = process.argv.slice(2);
if (!/^[a-z][a-z0-9_]*$/.test(name ?? "") || rest.length > 0) {
  say("A migration needs a name, of small letters and _: npm run migration add_region");
  process.exit(1);
}
await setUp({ forTests: true });
if (!(await runTool("drizzle-kit/bin.cjs", ["generate", `--name=${name}`]))) process.exit(1);
