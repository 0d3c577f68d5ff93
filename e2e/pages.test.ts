import { existsSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isRunning } from "@/server/process/is-running";
import { type App, startApp } from "@/testing/app";

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.remove());

/** The processes that rendered pages, the latest last. */
const renderers = () =>
  [...app.output().matchAll(/Started pages, process (\d+)/g)].map(([, pid]) => Number(pid));

const statusOf = async (path: string) => (await fetch(`${app.url}${path}`)).status;

async function ended(pid: number): Promise<void> {
  while (isRunning(pid)) await pause(5);
}

test("nothing renders until somebody asks for a page, and then one process does for all", async () => {
  expect(await statusOf("/readyz")).toBe(200);
  expect(await statusOf("/openapi.json")).toBe(200);
  expect(renderers()).toEqual([]);
  expect(await Promise.all(["/sign-in", "/docs", "/sign-up"].map(statusOf))).toEqual([200, 200, 200]);
  expect(renderers()).toHaveLength(1);
});

test("a page is there again after the process that renders was killed, and meanwhile one that says so", async () => {
  const [killed = 0] = renderers().slice(-1);
  process.kill(killed, "SIGKILL");
  await ended(killed);
  const meanwhile = await fetch(`${app.url}/sign-in`, { headers: { accept: "text/html" } });
  expect(meanwhile.status).toBe(503);
  expect(await meanwhile.text()).toContain("Pages cannot be shown at the moment.");
  await expect.poll(() => statusOf("/sign-in"), { timeout: 20_000 }).toBe(200);
  expect(renderers()).toHaveLength(2);
});

test("what renders ends with its web process, however that went, and leaves nothing behind", async () => {
  const [latest = 0] = renderers().slice(-1);
  const folders = () => readdirSync(tmpdir()).filter((name) => existsSync(`${tmpdir()}/${name}/pages`));
  const before = folders();
  await app.kill("web");
  await ended(latest);
  await expect.poll(() => folders().length).toBeLessThan(before.length);
  await app.waitForOutput(/Started web, process \d+(?:.|\n)*Started web, process \d+/);
  await expect.poll(() => statusOf("/sign-in").catch(() => 0), { timeout: 20_000 }).toBe(200);
});
