import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { answers, serverUser } from "./postgres-server";

/** PgBouncer before a server, in transaction mode: after each transaction a session goes to whoever waits. */
export type Pooler = {
  /** The way through it to a database of the server. */
  urlOf(databaseUrl: string): string;
  end(): Promise<void>;
};

/** Where this system has PgBouncer; null when it has none. */
export function installedPooler(): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];
  return folders.map((folder) => join(folder, "pgbouncer")).find(canRun) ?? null;
}

/** Starts it with as many sessions for a database as `poolSize`, however many clients come. */
export async function startPooler(program: string, serverUrl: string, poolSize = 2): Promise<Pooler> {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-pgb-"));
  const owner = serverUser();
  const { host, port, user, password } = new pg.Client({ connectionString: serverUrl });
  const config = join(folder, "pgbouncer.ini");
  writeFileSync(
    config,
    `[databases]
* = host=${host} port=${port} user=${user}${password ? ` password=${password}` : ""}
[pgbouncer]
pool_mode = transaction
default_pool_size = ${poolSize}
auth_type = any
listen_addr =
unix_socket_dir = ${folder}
`,
  );
  if (owner) execFileSync("chown", ["-R", `${owner.uid}:${owner.gid}`, folder]);
  const pooler = spawn(program, [config], { ...owner, cwd: folder, stdio: "ignore" });
  const kill = () => pooler.kill("SIGKILL");
  process.once("exit", kill);
  const urlOf = (databaseUrl: string) => {
    const { database } = new pg.Client({ connectionString: databaseUrl });
    return `postgres://fanfare@/${database}?host=${encodeURIComponent(folder)}&port=6432`;
  };
  while (!(await answers(urlOf(serverUrl)))) {
    if (pooler.exitCode !== null) throw new Error(`PgBouncer ended with ${pooler.exitCode}.`);
    await pause(20);
  }
  return {
    urlOf,
    async end() {
      process.off("exit", kill);
      const ended = once(pooler, "exit");
      pooler.kill("SIGTERM"); // which waits for nobody
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
