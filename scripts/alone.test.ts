import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { alone } from "./alone.mjs";

/** So long nobody touched a lock that counts as left over. */
const staleMs = 10_000;

const folder = mkdtempSync(join(tmpdir(), "fanfare-alone-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.concurrent("a lock", { timeout: 60_000 }, () => {
  test("that was left over is taken, whatever process number it names, also none", async ({ expect }) => {
    const texts = [String(process.pid), String(process.ppid), "", "half a li"];
    const tasks = texts.map((text, index) => {
      const lock = join(folder, `left-over-${index}`);
      writeFileSync(lock, text);
      return alone(async () => text, lock);
    });
    expect(await Promise.all(tasks)).toEqual(texts);
  });

  test("that many wait for, though it was left over, goes to one at a time", async ({ expect }) => {
    const lock = join(folder, "shared");
    writeFileSync(lock, "");
    let inside = 0;
    let most = 0;
    const task = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => alone(task, lock)));
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  test("is waited for while its task takes, however long", async ({ expect }) => {
    const lock = join(folder, "long");
    const order: string[] = [];
    const long = alone(async () => {
      await new Promise((resolve) => setTimeout(resolve, staleMs + 2_000));
      order.push("long");
    }, lock);
    const next = alone(async () => order.push("next"), lock);
    await Promise.all([long, next]);
    expect(order).toEqual(["long", "next"]);
  });
});

test("a process that ends in the middle, as a failed installation does, leaves no lock behind", () => {
  const lock = join(folder, "lock");
  const script = `import { alone } from "./scripts/alone.mjs"; await alone(() => process.exit(1), process.argv[1]);`;
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", script, lock]);
  expect(status).toBe(1);
  expect(existsSync(lock)).toBe(false);
});
