import "./node-version.mjs";
import { spawn } from "node:child_process";
import { root, say } from "./run.mjs";
import { setUp } from "./setup.mjs";

// `npm run dev`: Next reloads pages by itself; the processes start anew when what they are made of changes.
await setUp({ forTests: true });
const { bundleOnChange } = await import("./bundle.mjs");

const folder = "dist/dev";
let supervisor;
let isStopping = false;
let bundles;

for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, stop);
bundles = await bundleOnChange(folder, () => {
  if (supervisor) supervisor.kill("SIGTERM");
  else start();
});

function start() {
  const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };
  supervisor = spawn(process.execPath, [`${folder}/supervisor.mjs`], { cwd: root, stdio: "inherit", env });
  supervisor.once("exit", (status) => {
    supervisor = undefined;
    if (isStopping) finish();
    else if (status === 0) start();
    else say("Waiting for a change of the sources");
  });
}

function stop() {
  isStopping = true;
  if (supervisor) supervisor.kill("SIGTERM");
  else finish();
}

async function finish() {
  await bundles?.dispose();
  process.exit(0);
}
