import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { digestOf } from "./sources.mjs";

let folder: string;
let memory: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fanfare-sources-"));
  memory = join(folder, "cache/sources.json");
  mkdirSync(join(folder, "app/inner"), { recursive: true });
  write("app/page.ts", "one");
  write("app/inner/part.ts", "two");
});
afterEach(() => rmSync(folder, { recursive: true }));

const write = (path: string, text: string) => writeFileSync(join(folder, path), text);
const digest = (sinceMs = 10_000) => digestOf(["app", "absent"], folder, memory, Date.now() + sinceMs);

describe("the digest of sources", () => {
  test.each<[string, () => void]>([
    ["another content", () => write("app/inner/part.ts", "three")],
    ["another content of the same length", () => write("app/page.ts", "eno")],
    ["a file more", () => write("app/inner/more.ts", "")],
    ["a file less", () => rmSync(join(folder, "app/page.ts"))],
    [
      "another place of the same content",
      () => renameSync(join(folder, "app/page.ts"), join(folder, "app/pag.ts")),
    ],
  ])("tells %s", async (_, change) => {
    const before = await digest();
    change();
    expect(await digest()).not.toBe(before);
  });

  test("tells another content whose length and time of change were made the same", async () => {
    const { atime, mtime } = statSync(join(folder, "app/page.ts"));
    const before = await digest();
    write("app/page.ts", "eno");
    utimesSync(join(folder, "app/page.ts"), atime, mtime);
    expect(await digest()).not.toBe(before);
  });

  test("is of the contents, whenever they were written, and of no test", async () => {
    const before = await digest();
    write("app/page.ts", "one");
    write("app/page.test.ts", "a test");
    expect(await digest()).toBe(before);
  });
});

describe("what is remembered of sources", () => {
  const remembered = () => JSON.parse(readFileSync(memory, "utf8"));

  test("stands for their contents as long as they look the same", async () => {
    await digest();
    writeFileSync(memory, JSON.stringify({ ...remembered(), digest: "remembered" }));
    expect(await digest()).toBe("remembered");
  });

  test("is nothing when they changed so lately that another change might look the same", async () => {
    await digest(0);
    expect(remembered).toThrow("ENOENT");
  });

  test("may be broken", async () => {
    const before = await digest();
    writeFileSync(memory, "{ half");
    expect(await digest()).toBe(before);
  });
});
