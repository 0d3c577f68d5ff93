import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type App, startApp } from "@/testing/app";
import { createAuthority } from "@/testing/certificates";
import { call, newCustomer } from "@/testing/client";
import { failedStart } from "@/testing/failed-start";
import { newDatabase, runSql } from "@/testing/postgres-server";
import { type Receiver, startReceiver } from "@/testing/receiver";

const folder = mkdtempSync(join(tmpdir(), "fanfare-copy-"));
let app: App;
let receiver: Receiver;
let databaseUrl: string;
let trust: Record<string, string>;
beforeAll(async () => {
  databaseUrl = await newDatabase(inject("postgresUrl"));
  const authority = await createAuthority(folder);
  receiver = await startReceiver({ tls: await authority.issue() });
  trust = { NODE_EXTRA_CA_CERTS: authority.caFile };
  app = await startApp({ env: { ...trust, DATABASE_URL: "" } });
});
afterAll(async () => {
  await app.remove();
  await receiver.close();
  rmSync(folder, { recursive: true });
});

const rowsOf = async (table: string) =>
  Number((await runSql(databaseUrl, `select count(*) as n from ${table}`).catch(() => [{ n: 0 }]))[0]?.n);

function startCopy(more: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, ["dist/copy-to-postgres.mjs"], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      DATA_DIR: app.dataDir,
      DATABASE_URL: databaseUrl,
      ...more,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

async function copy(more?: Record<string, string>): Promise<{ status: number | null; said: string }> {
  const child = startCopy(more);
  if (!child.stdout || !child.stderr) throw new Error("Its output is not read.");
  const [said, complained] = [text(child.stdout), text(child.stderr)];
  const [status] = await once(child, "exit");
  return { status, said: (await said) + (await complained) };
}

test("an installation moves to Postgres with people, keys, secrets and what is pending, killed on the way", async () => {
  const ada = { name: "Ada", email: "ada@example.com", password: "correct horse", company: "Northwind" };
  const post = (path: string, body: unknown, cookie = "") =>
    fetch(`${app.url}/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", cookie },
      body: JSON.stringify(body),
    });
  const cookie = (await post("/sign-up/email", ada)).headers
    .getSetCookie()
    .map((each) => each.split(";")[0])
    .join("; ");
  const { id: customer_id, key } = await newCustomer(app);
  const ask = async (method: string, path: string, body?: unknown) =>
    (await call(app, method, path, { key, body })).body as Record<string, string>;
  const { id: webhook } = await ask("POST", "/webhooks", {
    webhook_url: receiver.url,
    events: ["search_completed"],
    secret: "between us",
  });
  await ask("POST", `/webhooks/${webhook}/pause`, {});
  const event = { customer_id, type: "search_completed", data: { search_id: "s-1", hit_count: 2 } };
  const published = await call(app, "POST", "/events", { key: app.platformKey, body: event });
  const { id: eventId } = published.body as { id: string };
  for (let times = 0; times < 4; times += 1)
    await call(app, "POST", "/events", { key: app.platformKey, body: Array(1_000).fill(event) });

  expect(await copy()).toEqual({ status: 1, said: expect.stringMatching(/^Fanfare, .* Stop it everywhere/) });
  await app.stop();
  const otherRing = { ENCRYPTION_KEYS: `other:${Buffer.alloc(32, 7).toString("base64")}` };
  expect(await copy(otherRing)).toEqual({ status: 1, said: expect.stringContaining("which is absent") });
  expect(await runSql(databaseUrl, "select from pg_tables where schemaname = 'public'")).toEqual([]);

  const killed = startCopy();
  await expect.poll(() => rowsOf("events"), { timeout: 60_000, interval: 20 }).toBeGreaterThan(0);
  killed.kill("SIGKILL");
  await once(killed, "exit");
  expect(await rowsOf("attempts")).toBe(0);
  expect((await failedStart({ DATABASE_URL: databaseUrl, DATA_DIR: app.dataDir })).said).toContain(
    "not ended",
  );
  const { status, said } = await copy();
  expect({ status, said }).toEqual({
    status: 0,
    said: expect.stringMatching(/^All \d+ rows are in the database/m),
  });
  expect((await failedStart({ DATA_DIR: app.dataDir })).said).toMatch(
    /^The data of .* was copied to Postgres/,
  );

  const moved = await startApp({
    env: { ...trust, DATABASE_URL: databaseUrl, DATA_DIR: app.dataDir, PLATFORM_API_KEY: app.platformKey },
  });
  try {
    const session = await fetch(`${moved.url}/api/auth/get-session`, { headers: { cookie } });
    expect(await session.json()).toMatchObject({ user: { email: ada.email } });
    const resume = await call(moved, "POST", `/webhooks/${webhook}/resume`, { key });
    expect(resume.status).toBe(200);
    await expect
      .poll(async () => (await call(moved, "GET", `/webhooks/${webhook}/events/${eventId}`, { key })).body, {
        timeout: 20_000,
      })
      .toMatchObject({ status: "delivered", request: { headers: { "X-Event-Id": eventId } } });
  } finally {
    await moved.remove();
  }
});
