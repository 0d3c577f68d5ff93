import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Build } from "./measurement";

/** Beside this tree and not in node_modules, in which Next takes nothing for a page. */
const folderOfAll = ".bench";

/**
 * Another commit of this repository, built in a folder of its own by its own scripts. What it has in common with
 * this one is linked, so that only packages of other versions are installed anew.
 */
export async function checkOut(given: string): Promise<Build & { commit: string }> {
  const commit = commitOf(given);
  const folder = resolve(folderOfAll, commit);
  if (!existsSync(folder)) git(["clone", "--quiet", "--shared", "--no-checkout", ".", folder]);
  git(["-C", folder, "checkout", "--quiet", "--detach", commit]);
  const packages = join(folder, "node_modules");
  if (!existsSync(packages) && hasSamePackages(folder)) linkPackages(packages);
  const script = `
    const { setUp } = await import("./scripts/setup.mjs");
    const { build } = await import("./scripts/build.mjs");
    await setUp();
    await build();`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, stdio: "inherit" });
  return { name: commit.slice(0, 7), folder, commit };
}

function commitOf(given: string): string {
  try {
    return git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${given}^{commit}`]);
  } catch {
    process.stderr.write(`--against takes a commit of this repository, and there is no ${given}.\n`);
    process.exit(1);
  }
}

const git = (args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();

function hasSamePackages(folder: string): boolean {
  const lockOf = (place: string) => readFileSync(join(place, "package-lock.json"), "utf8");
  return lockOf(folder) === lockOf(".");
}

/** Hard links: npm and Next replace files and write into none, so neither tree changes what the other has. */
function linkPackages(target: string): void {
  mkdirSync(target);
  const entries = readdirSync("node_modules").filter((name) => name !== ".cache");
  execFileSync("cp", ["-al", ...entries.map((name) => join("node_modules", name)), target]);
}
