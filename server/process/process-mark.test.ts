import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { isGone, isOfThisHost, markOf } from "./process-mark";

/** A process number 1 of its own numbering, with the same system and host name around it: what a container is. */
const container = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc"] as const;
const hasContainers = spawnSync(container[0], [...container.slice(1), "true"]).status === 0;

test("this process is of this host and not gone", () => {
  const own = markOf(process.pid);
  expect(own).toMatchObject({ pid: process.pid, host: expect.stringMatching(/./) });
  expect(isOfThisHost(own)).toBe(true);
  expect(isGone(own)).toBe(false);
});

test.skipIf(!hasContainers)("a process of another container is neither of this host nor gone", async () => {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-mark-"));
  try {
    const outfile = join(folder, "mark.cjs");
    const contents =
      'import { markOf } from "./process-mark"; console.log(JSON.stringify(markOf(process.pid)))';
    const stdin = { contents, resolveDir: import.meta.dirname };
    await build({ stdin, outfile, bundle: true, platform: "node" });
    const [program, ...args] = [...container, process.execPath, outfile];
    const mark = JSON.parse(spawnSync(program, args, { encoding: "utf8" }).stdout);
    expect(mark).toMatchObject({ pid: 1, host: expect.stringMatching(/./) });
    expect(isOfThisHost(mark)).toBe(false);
    expect(isGone({ ...mark, pid: 2 ** 30 })).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
