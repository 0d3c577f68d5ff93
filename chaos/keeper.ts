import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { WriteStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export type Part = "web" | "worker" | "supervisor" | "everything";

/** Keeps one process running, and whatever that starts. */
export type Keeper = {
  /** Of its processes, those of that part. */
  pids(part: Part): number[];
  /** SIGTERM; answers the exit status. */
  stop(): Promise<number | null>;
  /** Starts nothing again. */
  giveUp(): void;
};

export type KeptProcess = {
  /** The tree that was built, when it is another one than this. */
  folder?: string;
  /** The folder of the entries: the product's own, or the ones with wrapped doors. */
  entries: string;
  entry: "supervisor" | "web" | "worker";
  /** What Node itself is told. */
  nodeArguments?: string[];
  env: Record<string, string>;
  log: WriteStream;
};

/** Between an end of its own accord and the next start: what it could not start without is not back at once. */
const restartAfterMs = 300;

/** Runs one entry, and again whenever it ends, as an operator's init system would. */
export function keepRunning(kept: KeptProcess): Keeper {
  const { folder, entries, entry, nodeArguments = [], env, log } = kept;
  const children = new Map<Part, number>();
  let isStopping = false;
  let child: ChildProcess;
  run();
  return {
    pids(part) {
      const own = child.pid === undefined || hasEnded(child) ? [] : [child.pid];
      if (entry !== "supervisor") return part === entry || part === "everything" ? own : [];
      if (part === "supervisor") return own;
      if (part === "everything") return [...own, ...children.values()];
      return [children.get(part)].filter((pid) => pid !== undefined);
    },
    async stop() {
      isStopping = true;
      if (hasEnded(child)) return child.exitCode;
      child.kill("SIGTERM");
      const [status] = await once(child, "exit");
      return status;
    },
    giveUp() {
      isStopping = true;
    },
  };

  function run(): void {
    if (isStopping) return;
    child = spawn(process.execPath, [...nodeArguments, join(entries, `${entry}.mjs`)], {
      cwd: folder,
      env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const input of [child.stdout, child.stderr]) if (input) createInterface({ input }).on("line", note);
    child.on("exit", (status) => {
      if (status === null) run();
      else setTimeout(run, restartAfterMs);
    });
  }

  /** The supervisor says which processes it has started. */
  function note(line: string): void {
    log.write(`${line}\n`);
    const [, part, pid] = /^Started (web|worker), process (\d+)/.exec(line) ?? [];
    if (part && pid) children.set(part as Part, Number(pid));
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;
