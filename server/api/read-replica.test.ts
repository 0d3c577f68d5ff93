import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { migrateStore } from "@/db/open";
import { newDatabase, type PostgresServer, runSql, startPostgres } from "@/testing/postgres-server";
import { type Api, openApi, rest, trpc } from "./api.fixture";
import { writeMetrics } from "./metrics";
import { answerReadiness } from "./operator/health";

let primary: PostgresServer;
let standby: PostgresServer;
let api: Api;
beforeAll(async () => {
  primary = await startPostgres();
  standby = await startPostgres({ standbyOf: primary });
});
afterAll(() => Promise.all([standby.end(), primary.end()]));
afterEach(() => api.close());

const patience = { timeout: 15_000 };

async function open({ isReplicated = true } = {}): Promise<Api> {
  const databaseUrl = await newDatabase(primary.url);
  await migrateStore({ dataDir: "", databaseUrl });
  const [before, after] = [primary, standby].map(({ folder }) => encodeURIComponent(folder));
  const replicaUrl = databaseUrl.replace(before ?? "", after ?? "");
  api = await openApi({ databaseUrl, databaseReadUrl: isReplicated ? replicaUrl : null });
  return api;
}

const readiness = async () => (await answerReadiness()).json();

/** How old an answer says that it is, in milliseconds; null when it says nothing. */
const ageOf = ({ headers }: { headers: Headers }) => headers.get("x-data-age-ms");

test("queries say how old their answers may be while a replica gives them, and the operator sees it", async () => {
  const { newCustomer, runtime } = await open();
  await vi.waitFor(
    async () => expect(await readiness()).toMatchObject({ read_replica: { in_use: true } }),
    patience,
  );
  const { key } = await newCustomer();
  const answers = [
    await rest("GET", "/events", { key }),
    await trpc("query", "deliveries.list", undefined, { key }),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(Number(ageOf(answer))).toBeGreaterThan(0);
    expect(Number(ageOf(answer))).toBeLessThan(6_000);
  }
  expect(ageOf(await rest("POST", "/webhooks", { key, json: {} }))).toBeNull();
  const metrics = await writeMetrics(runtime);
  expect(metrics).toMatch(/^fanfare_read_replica_in_use 1$/m);
  expect(metrics).toMatch(/^fanfare_read_replica_lag_seconds \d+\.\d+$/m);
});

test("they say nothing of it once it is too far behind, and the operator sees how far", async () => {
  const { newCustomer, runtime } = await open();
  const { key } = await newCustomer();
  await runSql(standby.url, "select pg_wal_replay_pause()");
  await newCustomer(); // what it has not replayed
  await vi.waitFor(
    async () => expect(await readiness()).toMatchObject({ status: "ok", read_replica: { in_use: false } }),
    patience,
  );
  expect(ageOf(await rest("GET", "/events", { key }))).toBeNull();
  const metrics = await writeMetrics(runtime);
  await runSql(standby.url, "select pg_wal_replay_resume()");
  expect(metrics).toMatch(/^fanfare_read_replica_in_use 0$/m);
  expect(Number(/^fanfare_read_replica_lag_seconds (.+)$/m.exec(metrics)?.[1])).toBeGreaterThan(5);
});

test("without one, nothing is said of one", async () => {
  const { newCustomer, runtime } = await open({ isReplicated: false });
  const { key } = await newCustomer();
  expect(ageOf(await rest("GET", "/events", { key }))).toBeNull();
  expect(await readiness()).not.toHaveProperty("read_replica");
  expect(await writeMetrics(runtime)).not.toContain("replica");
});
