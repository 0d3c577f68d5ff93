import "./node-version.mjs";
import { spawn } from "node:child_process";
import { root, say } from "./run.mjs";
import { setUp } from "./setup.mjs";

// `npm run dev`: Next reloads pages and routes by itself; the processes are made anew when their sources change.
process.chdir(root);
await setUp({ forTests: true });
const { bundleOnChange } = await import("./bundle.mjs");

let isStopping = false;
const bundles = await bundleOnChange(() => {
  say("Sources changed: starting again");
  supervisor.kill("SIGTERM");
});
let supervisor = start();

for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    isStopping = true;
    supervisor.kill("SIGTERM");
  });
}

function start() {
  const env = { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, ["dist/supervisor.mjs"], { cwd: root, stdio: "inherit", env });
  child.on("exit", async (status) => {
    if (status === 0 && !isStopping) {
      supervisor = start();
      return;
    }
    await bundles.dispose();
    process.exit(status ?? 1);
  });
  return child;
}
