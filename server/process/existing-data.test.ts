import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { migrateStore } from "@/db/open";
import { readDataEnv } from "./env";
import { readEnvOfData } from "./existing-data";
import { StartError } from "./start-error";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fanfare-data-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a command about data that is not there says so, and makes neither folder nor keys", () => {
  const absent = join(folder, "absent");
  expect(() => readEnvOfData({ DATA_DIR: absent })).toThrow(StartError);
  expect(() => readEnvOfData({ DATA_DIR: absent })).toThrow(`There is no database in ${absent}`);
  expect(existsSync(absent)).toBe(false);
  expect(() => readEnvOfData({ DATA_DIR: folder })).toThrow(StartError);
  expect(readdirSync(folder)).toEqual([]);
});

test("a command that only looks at data needs no keys, and makes none", async () => {
  await migrateStore({ dataDir: folder });
  const before = readdirSync(folder);
  expect(readDataEnv({ DATA_DIR: folder, RETENTION: "2d" })).toEqual({
    dataDir: folder,
    databaseUrl: null,
    databaseDirectUrl: null,
    retentionMs: 2 * 24 * 3_600_000,
  });
  expect(readdirSync(folder)).toEqual(before);
});

test("a command about data that is there has all settings", async () => {
  await migrateStore({ dataDir: folder });
  expect(readEnvOfData({ DATA_DIR: folder })).toMatchObject({ dataDir: folder, port: 3000 });
});
