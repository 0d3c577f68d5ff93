import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import type { Row } from "./measurement";

/** What a run has measured, where and of which commit; kept as it is in bench/results/. */
export type Results = {
  date: string;
  commit: string;
  /** Whether files differed from that commit. */
  isChanged: boolean;
  against: string | null;
  machine: Machine;
  rounds: number;
  /** By measurement. */
  rows: Record<string, Row[]>;
  skipped: string[];
};

export type Machine = {
  node: string;
  system: string;
  cpu: string;
  cores: number;
  memoryGiB: number;
  /** Whether the data lay in memory, where a commit costs nothing and numbers mean little. */
  isDataInMemory: boolean;
};

const folder = "bench/results";
const tmpfs = 0x01021994;

export function describeMachine(): Machine {
  return {
    node: process.version,
    system: `Linux ${release()}`,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    isDataInMemory: statfsSync(tmpdir()).type === tmpfs,
  };
}

export function thisCommit(): Pick<Results, "commit" | "isChanged"> {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  try {
    return { commit: git("rev-parse", "HEAD"), isChanged: git("status", "--porcelain", "-uno") !== "" };
  } catch {
    return { commit: "unknown", isChanged: true };
  }
}

/** Answers the file that they are in from now on. */
export function keepResults(results: Results): string {
  mkdirSync(folder, { recursive: true });
  const minute = results.date.slice(0, 16).replace(":", "");
  const file = join(folder, `${minute}-${results.commit.slice(0, 7)}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 1)}\n`);
  return file;
}

export const readResults = (file: string): Results => JSON.parse(readFileSync(file, "utf8"));
