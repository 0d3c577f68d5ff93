import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { serverUser } from "./postgres-server";

const installed = "/usr/lib/postgresql";
const programsUsed = ["createdb", "initdb", "pg_ctl", "pg_dump", "pg_restore", "pg_basebackup"];

/** Where this system has a server with its tools; null when it has none. The packaged one comes without the tools. */
export function systemPrograms(): string | null {
  if (!existsSync(installed)) return null;
  const folders = readdirSync(installed)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(installed, version, "bin"));
  return folders.find((folder) => programsUsed.every((name) => existsSync(join(folder, name)))) ?? null;
}

/** A folder in which the system's Postgres runs: its servers, one beside the other, and what their tools write. */
export type Clusters = {
  folder: string;
  /** Makes a cluster with an empty database `fanfare`, and starts it. Its log of writes is archived to `<folder>/wal`. */
  make(name: string): Promise<void>;
  /** Starts what a base backup in `<folder>/<name>` comes to at a moment, as a server of its own. */
  recover(name: string, until: string): Promise<void>;
  url(name: string): string;
  /** Runs a tool that speaks to a server. */
  run(tool: string, args: string[], name: string): Promise<void>;
  /** Stops all of them and removes the folder. */
  remove(): Promise<void>;
};

export function setClusters(programs: string): Clusters {
  const owner = serverUser();
  const folder = mkdtempSync(join(tmpdir(), "fanfare-pg-"));
  const wal = join(folder, "wal");
  mkdirSync(wal);
  if (owner) execFileSync("chown", ["-R", `${owner.uid}:${owner.gid}`, folder]);
  const running = new Set<string>();
  const run = (tool: string, args: string[]) =>
    promisify(execFile)(join(programs, tool), args, { ...owner, cwd: folder });
  /** Each has a socket in a folder of its own. */
  const socket = (name: string) => join(folder, `${name}.socket`);

  async function start(name: string, settings: string[]): Promise<void> {
    mkdirSync(socket(name));
    if (owner) execFileSync("chown", [`${owner.uid}:${owner.gid}`, socket(name)]);
    const all = [...settings, "fsync=off", 'listen_addresses=""'].map((setting) => `-c ${setting}`).join(" ");
    const data = join(folder, name);
    await run("pg_ctl", ["start", "-w", "-D", data, "-l", `${data}.log`, "-o", `-k ${socket(name)} ${all}`]);
    running.add(name);
  }

  return {
    folder,
    async make(name) {
      await run("initdb", [
        "-D",
        join(folder, name),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
      ]);
      await start(name, ["archive_mode=on", `archive_command="cp %p ${wal}/%f"`]);
      await run("createdb", ["-h", socket(name), "-U", "postgres", "fanfare"]);
    },
    async recover(name, until) {
      writeFileSync(join(folder, name, "recovery.signal"), "");
      await start(name, [
        `restore_command="cp ${wal}/%f %p"`,
        `recovery_target_time="${until}"`,
        "recovery_target_action=promote",
      ]);
    },
    url: (name) => `postgres://postgres@/fanfare?host=${encodeURIComponent(socket(name))}`,
    run: async (tool, args, name) => void (await run(tool, [...args, "-h", socket(name), "-U", "postgres"])),
    async remove() {
      for (const name of running)
        await run("pg_ctl", ["stop", "-w", "-m", "immediate", "-D", join(folder, name)]);
      rmSync(folder, { recursive: true });
    },
  };
}
