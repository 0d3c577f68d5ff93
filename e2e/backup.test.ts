import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type App, startApp } from "@/testing/app";
import { call } from "@/testing/client";
import { setScene } from "@/testing/scene";

const { app, settings, customer, register, publish } = setScene();

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fanfare-backup-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a command of the product; answers its exit status and what it said. */
async function run(command: string, args: string[], dataDir: string, more: Record<string, string> = {}) {
  const child = spawn(process.execPath, [`dist/${command}.mjs`, ...args], {
    env: { PATH: process.env.PATH, NODE_ENV: "production", DATA_DIR: dataDir, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [said, complained] = [text(child.stdout), text(child.stderr)];
  const [status] = await once(child, "exit");
  return { status, said: (await said) + (await complained) };
}

/** Publishes without a pause until it is stopped, and keeps the ids that were acknowledged. */
function load() {
  const acknowledged: string[] = [];
  let isOver = false;
  const publishers = Array.from({ length: 8 }, async () => {
    while (!isOver) acknowledged.push(((await publish()).body as { id: string }).id);
  });
  const stop = async () => {
    isOver = true;
    await Promise.all(publishers);
  };
  return { acknowledged, stop };
}

/** Starts the product on a data folder made of a backup and the keys. */
async function restore(file: string): Promise<App> {
  const dataDir = mkdtempSync(join(folder, "restored-"));
  cpSync(file, join(dataDir, "fanfare.sqlite"));
  for (const key of ["platform-api-key", "auth-secret", "encryption-keys"]) {
    cpSync(join(app.dataDir, key), join(dataDir, key));
  }
  const audit = await run("audit", [], dataDir);
  expect(audit).toEqual({ status: 0, said: expect.not.stringContaining("FAIL") });
  return startApp({ env: { ...settings, DATA_DIR: dataDir, PLATFORM_API_KEY: app.platformKey } });
}

test("a backup under load holds all that was acknowledged before, and the product goes on from it", async () => {
  const webhook = await register({ secret: "of this webhook" });
  const { acknowledged, stop } = load();
  await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(200);
  const before = acknowledged.length;
  const file = join(folder, "fanfare.sqlite");
  const backup = await run("backup", [file], app.dataDir);
  const during = acknowledged.length - before;
  await stop();
  expect(backup).toEqual({ status: 0, said: expect.stringContaining(`is in ${file}`) });
  expect(during).toBeGreaterThan(0);

  const restored = await restore(file);
  try {
    const kept = acknowledged.slice(0, before);
    const find = (id: string) => call(restored, "GET", `/events/${id}`, { key: customer.key });
    const statuses = await Promise.all(kept.map(async (id) => (await find(id)).status));
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
    const pending = async () =>
      (await call(restored, "GET", `/webhooks/${webhook.id}/events?status=pending`, { key: customer.key }))
        .body;
    await expect.poll(pending, { timeout: 30_000 }).toEqual([]);
  } finally {
    await restored.remove();
  }
});

test("a backup that cannot be made is refused in a sentence", async () => {
  const file = join(folder, "taken");
  expect((await run("backup", [file], app.dataDir)).status).toBe(0);
  expect(await run("backup", [file], app.dataDir)).toEqual({
    status: 1,
    said: `${file} is there already, and a backup replaces nothing.\n`,
  });
  expect(await run("backup", [], app.dataDir)).toMatchObject({
    status: 1,
    said: expect.stringMatching(/^Tell where to/),
  });
  expect(await run("backup", [join(folder, "no", "folder")], app.dataDir)).toMatchObject({ status: 1 });
  const onPostgres = { DATABASE_URL: "postgres://127.0.0.1:1/nowhere" };
  expect(await run("backup", [join(folder, "a")], app.dataDir, onPostgres)).toEqual({
    status: 1,
    said: expect.stringContaining("pg_dump"),
  });
  expect(await run("backup", [join(folder, "b")], join(folder, "nothing"))).toEqual({
    status: 1,
    said: expect.stringContaining("There is no database in"),
  });
});
