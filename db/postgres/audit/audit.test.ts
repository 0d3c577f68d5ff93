import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { beforeAll, beforeEach, expect, inject, test } from "vitest";
import { newDatabase, runSql } from "@/testing/postgres-server";
import { day, publish, runBy, turn } from "../../contract.kit";
import { exerciseStore } from "../../exercise.kit";
import { checkNames } from "../../finding";
import { bury } from "../../rows/counters";
import { connect } from "../connection/connection";
import { migrateDatabase } from "../connection/migrate";
import { postgresStore } from "../store";
import { auditPostgres } from "./audit";
import { recountPostgres } from "./recount";

/** Used in every way, and copied for each test. */
let used: string;
let url: string;
beforeAll(async () => {
  const clock = { now: Date.now(), jumpedMs: 0, doubts: [] };
  used = await newDatabase(inject("postgresUrl"));
  await migrateDatabase({ url: used, setting: "DATABASE_URL" });
  const connection = connect({ url: used, ...runBy(clock) });
  await exerciseStore({ store: postgresStore(connection), clock });
  await connection.close();
});
beforeEach(async () => {
  url = await newDatabase(inject("postgresUrl"), used);
});

const broken = async () => (await auditPostgres(url, 30 * day)).filter(({ violations }) => violations > 0);

test("a store that was used in every way keeps its invariants, each of which is looked at", async () => {
  const findings = await auditPostgres(url, 30 * day);
  expect(findings.map(({ check }) => check)).toEqual([...checkNames]);
  expect(findings.filter(({ violations }) => violations > 0)).toEqual([]);
});

const first = (table: string) => `key = (select min(key) from ${table})`;

const planted: [check: string, sql: string][] = [
  [
    "every webhook that matched an event has its delivery",
    `delete from deliveries where ${first("deliveries")}`,
  ],
  [
    "an event's number of deliveries is what its fan-out made",
    `update events set deliveries = 5 where ${first("events")}`,
  ],
  [
    "no webhook got what it was to be skipped for, but by recovery",
    `update events e set skipped = json_build_array(json_build_array(d.webhook_key, 'not_subscribed'))
      from deliveries d where d.event_key = e.key and d.${first("deliveries")}`,
  ],
  [
    "event, delivery and webhook belong to one customer",
    `update deliveries set customer_key = customer_key + 1 where ${first("deliveries")}`,
  ],
  ["a stored body names its own event", "update payloads set payload = '{}'"],
  ["a stored body names its own event", "delete from payloads where event_key = 1"],
  [
    "attempts are numbered 1 to n, and n is the delivery's count",
    "update attempts set number = 7 where delivery_key = (select min(delivery_key) from attempts)",
  ],
  [
    "attempts are numbered 1 to n, and n is the delivery's count",
    "delete from attempts where delivery_key = (select min(delivery_key) from attempts)",
  ],
  ["attempts are numbered 1 to n, and n is the delivery's count", "update attempts set day = day + 1"],
  [
    "a delivery has ended exactly when it is not pending",
    `update deliveries set ended_at = null where ${first("deliveries")}`,
  ],
  [
    "a delivery is delivered or failed as its last attempt was",
    "update deliveries set status = 'delivered' where status = 'cancelled'",
  ],
  [
    "a delivery is delivered or failed as its last attempt was",
    "update deliveries set status_code = 500 where status = 'delivered'",
  ],
  ["secrets are sealed", `update webhooks set secret = 'plain' where ${first("webhooks")}`],
  [
    "secrets are sealed",
    `update webhooks set previous_secret = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAA' where ${first("webhooks")}`,
  ],
  [
    "only a webhook that is inactive has a reason for that",
    "update webhooks set disabled_reason = 'none' where is_active",
  ],
  [
    "only pending deliveries are leased, and leases are whole",
    "update deliveries set leased_by = 'worker' where status = 'delivered'",
  ],
  [
    "nothing waits for a deleted webhook",
    "update deliveries set status = 'pending' where status = 'cancelled'",
  ],
  [
    "every webhook that is not deleted has its place in the queue",
    "delete from webhook_queue where webhook_key = (select min(webhook_key) from webhook_queue)",
  ],
  ["the queue's pending counts equal a recount", "update webhook_queue set pending = pending + 1"],
  ["what is counted of each webhook equals a recount", "update webhook_queue set delivered = delivered + 1"],
  ["what is counted of each webhook equals a recount", "update webhook_queue set missed = missed + 1"],
  ["what is counted of each webhook equals a recount", "update webhook_queue set pruned_failed = 1"],
  ["what is counted of deleted webhooks equals a recount", "update former_webhooks set cancelled = 99"],
  ["what is counted of deleted webhooks equals a recount", "delete from former_webhooks"],
  [
    "what matched was delivered, waits, failed, was cancelled, or missed",
    "update webhook_queue set matched = matched + 1",
  ],
  [
    "what matched was delivered, waits, failed, was cancelled, or missed",
    "update former_webhooks set matched = matched - 1",
  ],
  ["the queue's ready times equal a recount", "update webhook_queue set ready_at = ready_at + 1"],
  ["breakers are open or closed in all of their columns", "update webhook_queue set probe_at = 1"],
  ["recoveries have ended exactly when they are done", "update recoveries set ended_at = null"],
  [
    "no change is numbered beyond the counter",
    `update deliveries set change = 9000000000000000 where ${first("deliveries")}`,
  ],
  ["hourly rollups equal a recount of the attempts", "delete from rollups where step = 'hour'"],
];

test.each(planted)("a violation is found: %s (%s)", async (check, sql) => {
  await runSql(url, sql);
  expect((await broken()).find((finding) => finding.check === check)).toMatchObject({
    violations: expect.any(Number),
    example: expect.any(String),
  });
});

test("a store that is being written to is read as it was at one moment", async () => {
  const [event] = await runSql(url, "select event_key, payload from payloads limit 1");
  const state = (payload: unknown, endedAt: string) =>
    runSql(
      url,
      `begin; update payloads set payload = '${payload}' where event_key = ${event?.event_key};
        update recoveries set ended_at = ${endedAt}; commit`,
    );
  const states = { one: () => state("{}", "1"), other: () => state(event?.payload, "null") };
  await states.one();
  let isDone = false;
  const flipping = (async () => {
    while (!isDone) {
      await states.other();
      await states.one();
    }
  })();
  for (let looks = 0; looks < 10; looks += 1) expect(await broken()).toHaveLength(1);
  isDone = true;
  await flipping;
});

test.each([
  "update webhook_queue set delivered = delivered + 3, pending = pending - 1, matched = 0",
  "update former_webhooks set cancelled = 99",
  "delete from former_webhooks",
])("a recount mends what is counted wrongly (%s)", async (sql) => {
  await runSql(url, sql);
  expect((await recountPostgres(url)).length).toBeGreaterThan(0);
  expect(await broken()).toEqual([]);
  expect(await recountPostgres(url)).toEqual([]);
});

test("a recount counts right beside those who publish and deliver", async () => {
  await runSql(url, "update webhook_queue set delivered = delivered + 3, matched = matched + 1");
  const clock = { now: Date.now() + day, jumpedMs: 0, doubts: [] };
  const connection = connect({ url, ...runBy(clock) });
  const store = postgresStore(connection);
  const [customer] = (await store.listCustomers({ pageSize: 1 })).items;
  let isDone = false;
  const working = (async () => {
    while (!isDone) {
      await publish(store, customer?.id ?? "", 5);
      await turn({ store, clock }, 200);
    }
  })();
  for (let times = 0; times < 5; times += 1) await recountPostgres(url);
  isDone = true;
  await working;
  await connection.close();
  expect(await broken()).toEqual([]);
});

test("what a webhook's numbers lack is added to its customer's when it is deleted meanwhile", async () => {
  await runSql(url, "update webhook_queue set delivered = delivered + 3, matched = matched + 3");
  const [{ webhook_key: webhook } = {}] = await runSql(url, "select webhook_key from webhook_queue limit 1");
  const client = new pg.Client(url);
  await client.connect();
  await client.query("begin");
  await client.query(`select 1 from webhook_queue where webhook_key = ${webhook} for update`);
  const recounting = recountPostgres(url);
  const waiting =
    "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()";
  await expect.poll(async () => (await runSql(url, waiting))[0]).toEqual({ n: 1 });
  await drizzle(client).execute(bury(Number(webhook)));
  await client.query(`delete from webhook_queue where webhook_key = ${webhook}`);
  await client.query(`update webhooks set deleted_at = 1 where key = ${webhook}`);
  await client.query("commit");
  await client.end();
  await recounting;
  const counted = (await broken()).filter(({ check }) => /is counted|matched was/.test(check));
  expect(counted).toEqual([]);
});
