import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { type App, startApp } from "@/testing/app";
import { createAuthority } from "@/testing/certificates";
import { call, newCustomer, trpcClient } from "@/testing/client";
import { failedStart } from "@/testing/failed-start";
import { installedPooler, type Pooler, startPooler } from "@/testing/pgbouncer";
import {
  guardedRole,
  newDatabase,
  type PostgresServer,
  runSql,
  startPostgres,
} from "@/testing/postgres-server";
import { type ReceivedRequest, type Receiver, startReceiver } from "@/testing/receiver";

const server = inject("postgresUrl");
const apps: App[] = [];
const folder = mkdtempSync(join(tmpdir(), "fanfare-postgres-"));
afterEach(async () => {
  for (const app of apps.splice(0)) await app.remove();
});
let receiver: Receiver;
let caFile: string;
beforeAll(async () => {
  const authority = await createAuthority(folder);
  caFile = authority.caFile;
  receiver = await startReceiver({ tls: await authority.issue() });
});
afterAll(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true });
});

async function start(env: Record<string, string>): Promise<App> {
  const app = await startApp({ env });
  apps.push(app);
  return app;
}

const keys = (of: string) => ({
  PLATFORM_API_KEY: `${of} platform key`,
  AUTH_SECRET: `${of} secret of sessions`,
  ENCRYPTION_KEYS: `${of}:${randomBytes(32).toString("base64")}`,
});

/** Every table and index that there is, and by which transaction it came to be what it is. */
const tablesOf = (url: string) =>
  runSql(url, "select oid, relname, xmin::text as changed from pg_class order by oid");

describe("a start that cannot be ends with status 1 and one sentence, and changes nothing", () => {
  async function refused(env: Record<string, string>, entry?: string): Promise<string> {
    const dataDir = join(folder, randomBytes(4).toString("hex"));
    const { status, said } = await failedStart({ DATA_DIR: dataDir, ...env }, entry);
    expect([status, said.trim().split("\n").length]).toEqual([1, 1]);
    return said.trim();
  }
  const refusedAt = (url: string) => refused({ DATABASE_URL: url });

  test("a server that is not there, and one of no such name", async () => {
    expect(await refusedAt("postgres://fanfare:hunter2@127.0.0.1:1/fanfare")).toBe(
      "Nothing listens where the database server should be (DATABASE_URL). Nothing was changed.",
    );
    expect(await refusedAt("postgres://fanfare:hunter2@no-such-host.invalid/fanfare")).toBe(
      "There is no host of the database server's name (DATABASE_URL). Nothing was changed.",
    );
  });

  test("a server that takes the connection and never says a word", async () => {
    const mute = createServer().listen(0, "127.0.0.1");
    await once(mute, "listening");
    const { port } = mute.address() as { port: number };
    expect(await refusedAt(`postgres://fanfare@127.0.0.1:${port}/fanfare`)).toBe(
      "The database server does not answer (DATABASE_URL). Nothing was changed.",
    );
    mute.close();
  });

  test("an address that cannot be read, without repeating it", async () => {
    const said = await refusedAt("postgres://fanfare:hunter2@host:no-port/fanfare");
    expect(said).toMatch(/^The address of the database cannot be read/);
    expect(said).not.toContain("hunter2");
  });

  test("a wrong password, and a database that does not exist", async () => {
    await runSql(server, `create role ${guardedRole} login superuser password 'right'`);
    const as = (password: string, name = "postgres") =>
      server.replace("postgres@/postgres", `${guardedRole}:${password}@/${name}`);
    expect(await refusedAt(as("wrong"))).toBe(
      "The database server refuses the user or the password (DATABASE_URL). Nothing was changed.",
    );
    expect(await refusedAt(as("right", "no_such_database"))).toMatch(/^The database server has no database/);
  });

  test("the way past the pooler is named when it is that one", async () => {
    const env = { DATABASE_URL: await newDatabase(server), DATABASE_DIRECT_URL: "postgres://127.0.0.1:1/x" };
    expect(await refused(env)).toContain("(DATABASE_DIRECT_URL)");
  });

  test("names that are taken by something else, of which nothing is touched", async () => {
    const url = await newDatabase(server);
    await runSql(url, "create table webhooks (mine text); insert into webhooks values ('precious')");
    const before = await tablesOf(url);
    expect(await refusedAt(url)).toContain('relation "webhooks" already exists. Nothing was changed.');
    expect(await tablesOf(url)).toEqual(before);
    expect(await runSql(url, "select mine from webhooks")).toEqual([{ mine: "precious" }]);
  });

  test("a schema of a newer version, in each role", async () => {
    const url = await newDatabase(server);
    const app = await start({ DATABASE_URL: url });
    await app.stop();
    await runSql(url, "insert into fanfare_migrations values (9000000000000, '')");
    const before = await tablesOf(url);
    for (const entry of ["supervisor", "web", "worker", "audit"])
      expect(await refused({ DATABASE_URL: url, DATA_DIR: app.dataDir }, entry)).toContain("newer version");
    expect(await tablesOf(url)).toEqual(before);
  });

  test("a standby, which takes no writes", async () => {
    const standby = await startPostgres({ isStandby: true });
    try {
      expect(await refusedAt(standby.url)).toBe(
        "The database takes no writes: it is a standby, or set to read only. Name the primary (DATABASE_URL). Nothing was changed.",
      );
    } finally {
      await standby.end();
    }
  });
});

test("a database that holds other things, under other names, is as good as an empty one", async () => {
  const url = await newDatabase(server);
  await runSql(url, "create schema drizzle; create table drizzle.__drizzle_migrations (created_at bigint)");
  await runSql(
    url,
    "insert into drizzle.__drizzle_migrations values (9000000000000); create table pets (name text)",
  );
  const app = await start({ DATABASE_URL: url });
  expect((await newCustomer(app)).id).toMatch(/-/);
  expect(existsSync(join(app.dataDir, "fanfare.sqlite"))).toBe(false);
});

const pooling = installedPooler();

describe.skipIf(pooling === null)("behind PgBouncer in transaction mode, where it is installed", () => {
  let pooler: Pooler;
  beforeAll(async () => {
    pooler = await startPooler(String(pooling), server);
  });
  afterAll(() => pooler.end());
  const looks = /A pooler is between here and Postgres/g;

  test.each([
    ["with a way past it, nothing is slower", true],
    ["without a way past it, which the log says, others' commits are looked for", false],
  ])("%s", async (_, isPassed) => {
    const direct = await newDatabase(server);
    const app = await start({
      DATABASE_URL: pooler.urlOf(direct),
      NODE_EXTRA_CA_CERTS: caFile,
      ...(isPassed && { DATABASE_DIRECT_URL: direct }),
    });
    const { id: customer_id, key } = await newCustomer(app);
    const webhook = { webhook_url: receiver.url, events: ["search_completed"] };
    expect((await call(app, "POST", "/webhooks", { key, body: webhook })).status).toBe(201);
    const delivered = new Promise<string>((resolve, reject) => {
      trpcClient(app, key).live.deliveries.subscribe(
        {},
        {
          onData: ({ data }) => data.status === "delivered" && resolve(data.id),
          onError: reject,
        },
      );
    });
    const event = {
      customer_id,
      id: "pooled",
      type: "search_completed",
      data: { search_id: "s", hit_count: 1 },
    };
    const published = await call(app, "POST", "/events", { key: app.platformKey, body: event });
    expect(published).toMatchObject({ status: 202, body: { deliveries: 1 } });
    expect(await delivered).toBe("pooled");
    expect(app.output().match(looks) ?? []).toHaveLength(isPassed ? 0 : 2); // web and worker
  });
});

describe("machines that share a database", () => {
  test("are one installation: what one takes in, another delivers and shows, at once", async () => {
    const env = { DATABASE_URL: await newDatabase(server), NODE_EXTRA_CA_CERTS: caFile, ...keys("ours") };
    const [one, other] = [await start(env), await start(env)];
    const { id: customer_id, key } = await newCustomer(one);
    const webhook = { webhook_url: receiver.url, events: ["search_completed"] };
    const { body } = await call(other, "POST", "/webhooks", { key, body: webhook });
    expect(await (await fetch(`${one.url}/readyz`)).json()).toMatchObject({ status: "ok", workers: 2 });

    const seen = new Promise<void>((resolve, reject) => {
      trpcClient(other, key).live.deliveries.subscribe(
        {},
        {
          onData: ({ data }) => data.status === "delivered" && resolve(),
          onError: reject,
        },
      );
    });
    await one.kill("worker");
    const event = {
      customer_id,
      id: "shared",
      type: "search_completed",
      data: { search_id: "s", hit_count: 1 },
    };
    const published = await call(one, "POST", "/events", { key: one.platformKey, body: event });
    expect(published).toMatchObject({ status: 202, body: { deliveries: 1 } });
    await seen;
    const { id } = body as { id: string };
    expect(receiver.requests.filter(({ headers }) => headers["x-webhook-id"] === id)).toHaveLength(1);
  });

  test("end where a newer version has migrated it, and go on once that is undone", async () => {
    const env = { DATABASE_URL: await newDatabase(server), ...keys("older") };
    const machines = [await start(env), await start(env)];
    await runSql(env.DATABASE_URL, "insert into fanfare_migrations values (9000000000000, '')");
    expect(await Promise.all(machines.map((app) => app.ended()))).toEqual([3, 3]);
    for (const app of machines) {
      expect(app.output()).toContain("made by a newer version of Fanfare");
      expect(app.output()).not.toContain("starting it again");
    }
    await runSql(env.DATABASE_URL, "delete from fanfare_migrations where created_at = 9000000000000");
    const [first] = machines as [App];
    await first.start();
    expect((await fetch(`${first.url}/readyz`)).status).toBe(200);
  });

  test("need the same keys: another one is refused with what it has to have, and keeps none that it made", async () => {
    const url = await newDatabase(server);
    const [ours, theirs] = [keys("ours"), keys("theirs")];
    const app = await start({ DATABASE_URL: url, ...ours });
    const other = join(folder, "another-machine");
    const said = async (env: Record<string, string>) =>
      (await failedStart({ DATABASE_URL: url, DATA_DIR: other, ...env }, "web")).said;
    expect(await said({})).toContain(
      "set up with other ENCRYPTION_KEYS: all machines that share it need the same",
    );
    expect(readdirSync(other)).toEqual([]);
    expect(await said({ ...ours, AUTH_SECRET: theirs.AUTH_SECRET })).toContain("other AUTH_SECRET:");
    expect(await said({ ...theirs, ENCRYPTION_KEYS: ours.ENCRYPTION_KEYS })).toContain(
      "other AUTH_SECRET and PLATFORM_API_KEY:",
    );
    await app.stop();
    await app.start();
  });

  test("change their keys by a rotation, after which only the new ones are let in", async () => {
    const url = await newDatabase(server);
    const [first, second] = [keys("first"), keys("second")];
    const app = await start({ DATABASE_URL: url, ...first });
    const { key } = await newCustomer(app);
    const body = { webhook_url: "https://example.com/hook", secret: "between us" };
    expect((await call(app, "POST", "/webhooks", { key, body })).status).toBe(201);
    await app.stop();
    const both = { ...second, ENCRYPTION_KEYS: `${second.ENCRYPTION_KEYS},${first.ENCRYPTION_KEYS}` };
    expect(await run("rotate-keys", { DATABASE_URL: url, ...both })).toContain("1 were re-encrypted");
    expect((await failedStart({ DATABASE_URL: url, ...first, DATA_DIR: folder })).said).toContain(
      "other ENCRYPTION_KEYS: all machines",
    );
    const again = await start({ DATABASE_URL: url, ...second });
    expect((await call(again, "GET", "/webhooks", { key })).body).toMatchObject([{ has_secret: true }]);
  });

  test("end once another has migrated it to a newer version, and go on when that is taken back", async () => {
    const url = await newDatabase(server);
    const app = await start({ DATABASE_URL: url });
    await runSql(url, "insert into fanfare_migrations values (9000000000000, '')");
    expect(await app.ended()).toBe(3);
    expect(app.output()).toContain("made by a newer version of Fanfare. Start that version, or a newer one.");
    expect(app.output()).not.toContain("starting it again");
    await runSql(url, "delete from fanfare_migrations where created_at = 9000000000000");
    await app.start();
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });
});

test("what operators do works there as well", async () => {
  const url = await newDatabase(server);
  const app = await start({ DATABASE_URL: url });
  const ada = { name: "Ada", email: "ada@example.com", password: "correct horse", company: "Northwind" };
  const post = (path: string, body: unknown) =>
    fetch(`${app.url}/api/auth${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  expect((await post("/sign-up/email", ada)).status).toBe(200);
  const env = { DATABASE_URL: url, DATA_DIR: app.dataDir };
  const [, token = ""] = /\/reset\/(\S+)/.exec(await run("reset-link", env, ada.email)) ?? [];
  const password = "another horse";
  expect((await post("/reset-password", { token, newPassword: password })).status).toBe(200);
  expect((await post("/sign-in/email", { email: ada.email, password })).status).toBe(200);
  expect(await run("audit", env)).toMatch(/^(ok {4}.*\n)+$/);
});

describe("while the database is away", () => {
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres.end());

  test("a process that dies is started again until it can go on", async () => {
    const app = await start({ DATABASE_URL: await newDatabase(postgres.url) });
    await postgres.stop();
    const from = app.output().length;
    await app.kill("worker");
    await app.waitForOutput(/Nothing listens where[\s\S]*worker process ended with exit status 1/, from);
    await postgres.start();
    await app.waitForOutput(/Worker \S+ is ready/, from);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
  });

  test("publishers are told to come again, readiness says so, and what was in flight is recorded once it is back", async () => {
    const DATABASE_URL = await newDatabase(postgres.url);
    const app = await start({ DATABASE_URL, NODE_EXTRA_CA_CERTS: caFile });
    const { id: customer_id, key } = await newCustomer(app);
    const ask = (path: string, method = "GET", body?: unknown) => call(app, method, path, { key, body });
    const { id } = (
      await ask("/webhooks", "POST", { webhook_url: receiver.url, events: ["search_completed"] })
    ).body as { id: string };
    const event = { customer_id, id: "e", type: "search_completed", data: { search_id: "s", hit_count: 1 } };
    const publish = () => call(app, "POST", "/events", { key: app.platformKey, body: event });
    const pids = app.pids();
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    receiver.answerAlways(async () => {
      await held;
      return { status: 200 };
    });
    const arrived = ({ headers }: ReceivedRequest) => headers["x-webhook-id"] === id;
    expect((await publish()).status).toBe(202);
    await receiver.waitFor(1, arrived);
    const from = app.output().length;

    await postgres.stop();
    answer();
    const refused = await publish();
    expect(refused).toMatchObject({ status: 503, body: { code: "unavailable" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const overTrpc = trpcClient(app, key).webhooks.list.query();
    await expect(overTrpc).rejects.toMatchObject({ data: { httpStatus: 503, code: "SERVICE_UNAVAILABLE" } });
    const ready = await fetch(`${app.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([
      503,
      { status: "unavailable", error: "The database cannot be reached." },
    ]);
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    await app.waitForOutput(/"role":"worker".*The database cannot be reached/, from);

    await postgres.start();
    await app.waitForOutput(/"role":"worker".*The database can be reached again/, from);
    expect(await publish()).toMatchObject({ status: 202, body: { duplicate: true } });
    await expect
      .poll(async () => (await ask(`/webhooks/${id}/events/e`)).body, { timeout: 20_000 })
      .toMatchObject({ status: "delivered", attempt_count: 1 });
    expect(receiver.requests.filter(arrived)).toHaveLength(1);
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
    expect(app.pids()).toEqual(pids);
    expect(
      app
        .output()
        .slice(from)
        .match(/"role":"worker".*cannot be reached/g),
    ).toHaveLength(1);
  });
});

const execute = promisify(execFile);

/** Runs a command of the built product and answers what it printed. */
async function run(entry: string, env: Record<string, string>, ...args: string[]): Promise<string> {
  const all = { PATH: process.env.PATH, NODE_ENV: "production" as const, DATA_DIR: folder, ...env };
  const { stdout } = await execute(process.execPath, [`dist/${entry}.mjs`, ...args], { env: all });
  return stdout;
}
