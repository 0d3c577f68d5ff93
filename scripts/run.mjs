import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The project's folder, whatever the current one is. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const noteMs = 15_000;

/**
 * Runs a command with its output shown, and answers whether it succeeded. `label` is repeated while it takes
 * long, for tools that are silent without a terminal. A signal ends the command and this process, as asked.
 */
export async function run(command, args, { label, env } = {}) {
  const startedAt = Date.now();
  const child = spawn(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, ...env } });
  const note = label
    ? setInterval(() => say(`… still ${label} (${Math.round((Date.now() - startedAt) / 1000)} s)`), noteMs)
    : undefined;
  const stop = () => {
    child.kill("SIGTERM");
    child.once("exit", () => process.exit(0));
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  try {
    const [status] = await once(child, "exit");
    return status === 0;
  } catch (error) {
    say(`${command} cannot be run: ${error.message}`);
    return false;
  } finally {
    clearInterval(note);
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}

/** Runs a tool of node_modules. */
export const runTool = (script, args, options) =>
  run(process.execPath, [`${root}node_modules/${script}`, ...args], options);

export function say(sentence) {
  process.stdout.write(`${sentence}\n`);
}

/** Ends this process with status 1 and one sentence. */
export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
