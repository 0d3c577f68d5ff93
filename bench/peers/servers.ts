import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A database that a peer needs. It listens in a folder of its own alone, which goes when it ends. */
export type Server = { address: string; pid: number; end(): Promise<void> };

export type ServerKind = {
  /** What to install, when it is not there. */
  debianPackage: string;
  isInstalled(): boolean;
  start(): Promise<Server>;
};

/** Postgres as it is set up by default, so that a commit is on disk before it is answered. */
export const postgres: ServerKind = {
  debianPackage: "postgresql",
  isInstalled: () => postgresPrograms() !== undefined,
  async start() {
    const programs = postgresPrograms() ?? "";
    const folder = mkdtempSync(join(tmpdir(), "fanfare-bench-"));
    const data = join(folder, "data");
    const user = postgresUser();
    mkdirSync(data);
    if (user) for (const path of [folder, data]) chownSync(path, user.uid, user.gid);
    const initialise = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8"];
    execFileSync(join(programs, "initdb"), initialise, { ...user, cwd: folder, stdio: "ignore" });
    const child = spawn(join(programs, "postgres"), ["-D", data, "-k", folder, "-h", ""], {
      ...user,
      cwd: folder,
      stdio: "ignore",
    });
    const address = `postgres://postgres@/postgres?host=${encodeURIComponent(folder)}`;
    return started(child, { folder, socket: join(folder, ".s.PGSQL.5432"), address, endWith: "SIGINT" });
  },
};

export const redis: ServerKind = {
  debianPackage: "redis-server",
  isInstalled: () => spawnSync("redis-server", ["--version"]).status === 0,
  async start() {
    const folder = mkdtempSync(join(tmpdir(), "fanfare-bench-"));
    const socket = join(folder, "redis");
    const place = ["--port", "0", "--unixsocket", socket, "--dir", folder];
    const durable = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
    const child = spawn("redis-server", [...place, ...durable], { stdio: "ignore" });
    return started(child, { folder, socket, address: socket, endWith: "SIGTERM" });
  },
};

/** Where Debian has the programs of its newest Postgres. */
function postgresPrograms(): string | undefined {
  const versions = existsSync("/usr/lib/postgresql") ? readdirSync("/usr/lib/postgresql") : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a)).at(0);
  return newest && `/usr/lib/postgresql/${newest}/bin`;
}

/** Postgres does not run as root: then it is who its package made for it. */
function postgresUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (kind: string) => Number(execFileSync("id", [kind, "postgres"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

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
