import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { packagedPrograms, startPostgres } from "@/testing/postgres-server";

/** A database that a peer needs. It listens in a folder of its own alone, which goes when it ends. */
export type Server = { address: string; pid: number; end(): Promise<void> };

export type ServerKind = {
  /** Why there is none here; null when there is. */
  missing(): string | null;
  start(): Promise<Server>;
};

/** The packaged Postgres with its own settings, so that a commit is on disk before it is answered. */
export const postgres: ServerKind = {
  missing: () =>
    packagedPrograms() === null
      ? `there is no packaged Postgres for ${process.platform}-${process.arch}`
      : null,
  async start() {
    const { url, pid, end } = await startPostgres({ isDurable: true });
    return { address: url, pid: pid(), end };
  },
};

export const redis: ServerKind = {
  missing: () =>
    spawnSync("redis-server", ["--version"]).status === 0
      ? null
      : "install redis-server (Debian, Ubuntu: apt-get install redis-server)",
  async start() {
    const folder = mkdtempSync(join(tmpdir(), "fanfare-bench-"));
    const socket = join(folder, "redis");
    const place = ["--port", "0", "--unixsocket", socket, "--dir", folder];
    const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
    const child = spawn("redis-server", [...place, ...durable], { stdio: "ignore" });
    return started(child, { folder, socket, address: socket, endWith: "SIGTERM" });
  },
};

type Starting = { folder: string; socket: string; address: string; endWith: NodeJS.Signals };

async function started(child: ChildProcess, { folder, socket, address, endWith }: Starting): Promise<Server> {
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  while (!(await answers(socket))) {
    if (child.exitCode !== null) throw new Error(`${child.spawnfile} ended with ${child.exitCode}.`);
    await pause(20);
  }
  return {
    address,
    pid: child.pid ?? 0,
    async end() {
      process.off("exit", kill);
      child.kill(endWith);
      await once(child, "exit");
      rmSync(folder, { recursive: true });
    },
  };
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
