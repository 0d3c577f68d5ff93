import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { build } from "@/scripts/build.mjs";
import { isRunning } from "@/server/process/is-running";
import { collectOutput } from "./output";
import { newDatabase } from "./postgres-server";

const root = join(import.meta.dirname, "..");

export type Part = "supervisor" | "web" | "worker";

/** The built product, running with processes and a data folder of its own. */
export type App = {
  /** Where people find it: `http://127.0.0.1:<port>` unless PUBLIC_URL says else. The same after a restart. */
  url: string;
  /** Where it listens. */
  localUrl: string;
  platformKey: string;
  dataDir: string;
  pids(): Record<Part, number>;
  /** Everything that its processes have printed so far. */
  output(): string;
  /** Resolves with the match once it was printed, after `from` characters of output. */
  waitForOutput(pattern: RegExp, from?: number): Promise<RegExpExecArray>;
  /** SIGKILL; resolves once the process is gone. The supervisor starts web and worker again. */
  kill(part: Part | "all"): Promise<void>;
  /** Starts everything again on the same data and port, after `stop` or a kill of the supervisor. */
  start(): Promise<void>;
  /** Resolves with the exit status once what was started has ended by itself; null when a signal ended it. */
  ended(): Promise<number | null>;
  /** Sends SIGTERM to what was started and answers its exit status; null when a signal ended it. */
  stop(): Promise<number | null>;
  /** Stops whatever still runs and removes the data. */
  remove(): Promise<void>;
};

export type AppOptions = {
  /** Settings beside those of a test, which are a free port, a data folder, and loopback as a target. */
  env?: Record<string, string>;
  /** `npm start` is what a person types; the supervisor is what that becomes once everything is built. */
  command?: "supervisor" | "npm start";
};

/** Builds when sources changed, starts the product, and resolves when it is ready. */
export async function startApp({ env: given = {}, command = "supervisor" }: AppOptions = {}): Promise<App> {
  const env = { ...(await storeOfRun()), ...given };
  await build({ PUBLIC_URL: env.PUBLIC_URL });
  const dataDir = mkdtempSync(join(tmpdir(), "fanfare-test-"));
  const output = collectOutput();
  let child: ChildProcess | undefined;
  let { PORT: port = "0" } = env;

  const app: App = {
    url: "",
    localUrl: "",
    platformKey: "",
    dataDir,
    output: output.text,
    waitForOutput: output.waitFor,
    pids: () => ({
      supervisor: lastPid(output.text(), /Starting Fanfare, process (\d+)/g),
      web: lastPid(output.text(), /Started web, process (\d+)/g),
      worker: lastPid(output.text(), /Started worker, process (\d+)/g),
    }),
    async kill(part) {
      const pids = app.pids();
      const targets = part === "all" ? Object.values(pids) : [pids[part]];
      for (const pid of targets) process.kill(pid, "SIGKILL");
      while (targets.some(isRunning)) await pause(5);
    },
    async start() {
      const from = output.text().length;
      child = run(command, { ...testEnv(dataDir), ...env, PORT: port });
      output.listenTo(child);
      const [, localUrl = ""] = await output.waitFor(/The web app is ready.*listens on (\S+)\n/, from);
      const [, url = ""] = await output.waitFor(/Fanfare is ready at (\S+)\n/, from);
      Object.assign(app, { url, localUrl });
      app.platformKey =
        env.PLATFORM_API_KEY ?? readFileSync(join(dataDir, "platform-api-key"), "utf8").trim();
      port = new URL(localUrl).port;
    },
    async ended() {
      if (!child || hasEnded(child)) return child?.exitCode ?? null;
      const [status] = await once(child, "exit");
      return status;
    },
    async stop() {
      if (child && !hasEnded(child)) child.kill("SIGTERM");
      return app.ended();
    },
    async remove() {
      await app.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
  await app.start();
  return app;
}

/** STORIES_ON=postgres, of a whole run, gives each product that is started a database of its own. */
async function storeOfRun(): Promise<Record<string, string>> {
  if (process.env.STORIES_ON !== "postgres") return {};
  const { inject } = await import("vitest");
  return { DATABASE_URL: await newDatabase(inject("postgresUrl")) };
}

function run(command: "supervisor" | "npm start", env: Record<string, string>): ChildProcess {
  const [file, args] =
    command === "npm start" ? ["npm", ["start"]] : [process.execPath, ["dist/supervisor.mjs"]];
  return spawn(file, args, {
    cwd: root,
    env: { ...env, NODE_ENV: "production" },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** Nothing of the surrounding environment but what it takes to run programs. */
function testEnv(dataDir: string) {
  const { PATH = "", HOME = "" } = process.env;
  return { PATH, HOME, DATA_DIR: dataDir, DELIVERY_ALLOW_CIDRS: "127.0.0.0/8,::1/128" };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

function lastPid(output: string, pattern: RegExp): number {
  const last = [...output.matchAll(pattern)].at(-1);
  if (!last) throw new Error(`Nothing like ${pattern} was printed:\n${output}`);
  return Number(last[1]);
}
