import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { isRunning } from "@/server/process/is-running";
import { type App, type AppOptions, startApp } from "@/testing/app";
import { call, newCustomer } from "@/testing/client";
import { failedStart } from "@/testing/failed-start";
import { collectOutput } from "@/testing/output";

let app: App | undefined;
afterEach(async () => {
  await app?.remove();
  app = undefined;
});

async function start(options?: AppOptions): Promise<App> {
  app = await startApp(options);
  return app;
}

const readyz = async ({ url }: App) => (await fetch(`${url}/readyz`)).json();

async function untilGone(pids: number[]): Promise<void> {
  while (pids.some(isRunning)) await pause(10);
}

describe("npm start", () => {
  test("serves, says where keys are but never what, and ends with status 0 on a SIGTERM to npm", async () => {
    const app = await start({ command: "npm start" });
    expect(await readyz(app)).toMatchObject({ status: "ok", workers: 1 });
    expect(app.output()).toContain(app.dataDir);
    for (const file of ["platform-api-key", "auth-secret", "encryption-keys"]) {
      expect(app.output()).not.toContain(readFileSync(join(app.dataDir, file), "utf8").trim());
    }
    const pids = Object.values(app.pids());
    expect(await app.stop()).toBe(0);
    await untilGone(pids);
  });
});

describe("stopping", () => {
  test("the same signal twice is no force quit", async () => {
    const app = await start();
    const { supervisor, web, worker } = app.pids();
    for (const pid of [supervisor, web, worker, supervisor]) process.kill(pid, "SIGINT");
    expect(await app.stop()).toBe(0);
    await untilGone([web, worker]);
    expect(app.output()).not.toContain("starting it again");
  });

  test("while a start prepares, a signal ends all of it with status 0, and nothing is complained of", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number }; // whoever prepares waits a while for it to be free
    const dataDir = mkdtempSync(join(tmpdir(), "fanfare-test-"));
    const child = spawn(process.execPath, ["dist/supervisor.mjs"], {
      env: { PATH: process.env.PATH, NODE_ENV: "production", DATA_DIR: dataDir, PORT: String(port) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = collectOutput();
    output.listenTo(child);
    const pids = [];
    for (const role of ["worker", "web"]) {
      pids.push(Number((await output.waitFor(new RegExp(`Started ${role}, process (\\d+)`)))[1]));
    }
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
    await untilGone(pids);
    expect(output.text()).toMatch(/^Starting Fanfare.*\nStarted worker.*\nStarted web.*\n$/);
    server.close();
    rmSync(dataDir, { recursive: true });
  });

  test("children end when the supervisor is killed", async () => {
    const app = await start();
    const { web, worker } = app.pids();
    await app.kill("supervisor");
    await untilGone([web, worker]);
    expect([web, worker].filter(isRunning)).toEqual([]);
  });
});

test("an open event stream does not hold up the end", async () => {
  const app = await start();
  const customer = await newCustomer(app);
  const stream = await fetch(`${app.url}/api/trpc/live.deliveries?input=%7B%7D`, {
    headers: { "x-api-key": customer.key },
  });
  expect(stream.headers.get("content-type")).toContain("text/event-stream");
  const cut = expect(stream.text()).rejects.toThrow();
  expect(await app.stop()).toBe(0);
  await cut;
});

describe("a process that dies is started again", () => {
  test("the worker, and its predecessor is forgotten", async () => {
    const app = await start();
    const from = app.output().length;
    await app.kill("worker");
    await app.waitForOutput(/worker process ended with SIGKILL; starting it again at once/, from);
    await app.waitForOutput(/Worker \S+ is ready/, from);
    expect(await readyz(app)).toMatchObject({ workers: 1 });
  });

  test("the web app, on the same port", async () => {
    const app = await start();
    const from = app.output().length;
    await app.kill("web");
    await app.waitForOutput(/The web app is ready at/, from);
    expect(await readyz(app)).toMatchObject({ status: "ok" });
  });
});

test("after a kill of everything, the next start on the same data is ready and has the same keys", async () => {
  const app = await start();
  const { platformKey } = app;
  await app.kill("all");
  await app.start();
  expect(app.platformKey).toBe(platformKey);
  expect(await readyz(app)).toMatchObject({ workers: 1 });
});

test("metrics are for whoever has the token, and are not there without one", async () => {
  const app = await start({ env: { METRICS_TOKEN: "token-of-prometheus" } });
  const get = (headers: Record<string, string> = {}) => fetch(`${app.url}/metrics`, { headers });
  expect((await get()).status).toBe(401);
  expect((await get({ authorization: "Bearer wrong" })).status).toBe(401);
  await newCustomer(app);
  const answer = await get({ authorization: "Bearer token-of-prometheus" });
  expect(answer.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(await answer.text()).toMatch(/^fanfare_customers 1$/m);
  await app.remove();

  expect((await fetch(`${(await start()).url}/metrics`)).status).toBe(404);
});

describe("a start that cannot be ends with status 1 and sentences", () => {
  let dataDir = "";
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  async function fail(env: Record<string, string>): Promise<string> {
    dataDir ||= mkdtempSync(join(tmpdir(), "fanfare-test-"));
    const { status, said } = await failedStart({ DATA_DIR: dataDir, ...env });
    expect(status).toBe(1);
    return said;
  }

  test("a port in use", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const said = await fail({ PORT: String(port) });
    expect(said).toBe(
      `Port ${port} on 127.0.0.1 is in use: stop what listens there, or set PORT to another port.\n`,
    );
    server.close();
  });

  test("secrets of a key that is absent, or another one of that name; with the right key all is as before", async () => {
    const [right, wrong] = [randomBytes(32).toString("base64"), randomBytes(32).toString("base64")];
    const app = await start({ env: { ENCRYPTION_KEYS: `first:${right}` } });
    const { key } = await newCustomer(app);
    const body = { webhook_url: "https://example.com/hook", secret: "between us" };
    expect((await call(app, "POST", "/webhooks", { key, body })).status).toBe(201);
    await app.stop();

    const failHere = (keys: string) => fail({ DATA_DIR: app.dataDir, ENCRYPTION_KEYS: keys });
    expect(await failHere(`second:${wrong}`)).toContain(
      'The store holds secrets of the encryption key "first", which is absent. Nothing was changed.',
    );
    expect(await failHere(`first:${wrong}`)).toContain('"first" is not the one');
    await app.start();
    expect((await call(app, "GET", "/webhooks", { key })).body).toMatchObject([{ has_secret: true }]);
  });

  test("wrong settings, all at once", async () => {
    const said = await fail({
      PORT: "eighty",
      SIGN_UP: "maybe",
      DATABASE_URL: "localhost/fanfare",
    });
    expect(said.trim().split("\n")).toEqual([
      "Fanfare cannot start: 3 settings are wrong.",
      '  PORT must be a whole number from 0 to 65535, not "eighty".',
      "  DATABASE_URL must be an address such as postgres://user:password@host:5432/fanfare.",
      '  SIGN_UP must be open or closed, not "maybe".',
    ]);
  });
});
