import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { ann } from "./actor.kit";
import { auditStore, lackInWords, recountStore } from "./audit";
import { day, minute, publish } from "./contract.kit";
import { exerciseStore } from "./exercise.kit";
import { auditFile } from "./sqlite/audit/audit";
import { databaseFile } from "./sqlite/connection/database-file";
import { migrateFile } from "./sqlite/connection/migrate";
import { openSqlite } from "./sqlite/open";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test("a store that was used in every way keeps its invariants", async () => {
  const { audit } = await usedStore();
  expect(audit().filter(({ violations }) => violations > 0)).toEqual([]);
});

test("a store that is being written to is read as it was at one moment", async () => {
  const { audit, file } = await usedStore();
  const broken = () =>
    audit()
      .filter(({ violations }) => violations > 0)
      .map(({ check }) => check)
      .join();
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const writer = new Worker(flipping, { eval: true, workerData: { file, stop } });
  const moments = [];
  for (const move of ["one", "other"]) {
    writer.postMessage(move);
    await once(writer, "message");
    moments.push(broken());
  }
  expect(moments).toEqual([
    expect.stringContaining("attempts are numbered"),
    expect.stringContaining("no change"),
  ]);
  writer.postMessage("flip");
  const seen = new Set<string>();
  for (let looks = 0; looks < 20 || seen.size < 2; looks += 1) seen.add(broken());
  Atomics.store(stop, 0, 1);
  await once(writer, "exit");
  expect([...seen].sort()).toEqual(moments.sort());
});

/** Breaks one invariant and mends another, each time in one commit: once as told, in the end without a pause. */
const flipping = `
  const { parentPort, workerData: { file, stop } } = require("node:worker_threads");
  const sqlite = new (require("better-sqlite3"))(file, { timeout: 5000 });
  const change = sqlite.prepare("select value from counters where name = 'change'").pluck().get();
  const commit = sqlite.transaction((number, value) => {
    sqlite.prepare("update attempts set number = ? where key = 1").run(number);
    sqlite.prepare("update counters set value = ? where name = 'change'").run(value);
  });
  const moves = {
    one: () => commit(7, change),
    other: () => commit(1, 1),
    flip() {
      while (Atomics.load(stop, 0) === 0) [moves.one, moves.other].forEach((move) => move());
      sqlite.close();
      process.exit();
    },
  };
  parentPort.on("message", (move) => {
    moves[move]();
    parentPort.postMessage("done");
  });
`;

test("a clock that is put back breaks nothing", async () => {
  const { audit, store, customer, clock } = await usedStore();
  const [webhook] = await store.listWebhooks(customer);
  await store.deleteWebhook(customer, webhook?.id ?? "", ann);
  clock.now -= 30 * minute;
  await publish(store, customer, 3);
  expect(audit().filter(({ violations }) => violations > 0)).toEqual([]);
});

const planted: [check: string, sql: string][] = [
  ["no row is without its parent", "delete from events where key = 1"],
  ["every webhook that matched an event has its delivery", "delete from deliveries where key = 1"],
  [
    "an event's number of deliveries is what its fan-out made",
    "update events set deliveries = 5 where key = 2",
  ],
  [
    "no webhook got what it was to be skipped for, but by recovery",
    "update events set skipped = json_array(json_array(1, 'not_subscribed')) where key = 1",
  ],
  [
    "event, delivery and webhook belong to one customer",
    "update deliveries set customer_key = 2 where key = 1",
  ],
  ["a stored body names its own event", "update events set payload = '{}' where key = 1"],
  [
    "attempts are numbered 1 to n, and n is the delivery's count",
    "update attempts set number = 7 where key = 1",
  ],
  ["attempts are numbered 1 to n, and n is the delivery's count", "delete from attempts where key = 1"],
  [
    "a delivery has ended exactly when it is not pending",
    "update deliveries set ended_at = null where key = 1",
  ],
  [
    "a delivery is delivered or failed as its last attempt was",
    "update deliveries set status = 'delivered' where status = 'cancelled'",
  ],
  [
    "a delivery is delivered or failed as its last attempt was",
    "update deliveries set status = 'failed' where status = 'delivered'",
  ],
  [
    "a delivery is delivered or failed as its last attempt was",
    "update deliveries set status_code = 500 where status = 'delivered'",
  ],
  ["a delivery is delivered or failed as its last attempt was", "update deliveries set status = 'weird'"],
  ["secrets are sealed", "update webhooks set secret = 'plain' where key = 1"],
  ["secrets are sealed", "update webhooks set client_key = 'plain' where key = 1"],
  [
    "secrets are sealed",
    "update webhooks set previous_secret = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAA' where key = 1",
  ],
  [
    "only a webhook that is inactive has a reason for that",
    "update webhooks set disabled_reason = 'none' where is_active = 1",
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
    "delete from webhook_queue where webhook_key = 1",
  ],
  ["every webhook that is not deleted has its place in the queue", "update webhook_queue set is_paused = 1"],
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
  ["no change is numbered beyond the counter", "update counters set value = 1 where name = 'change'"],
  [
    "hourly rollups equal a recount of the attempts",
    `update rollups set counters = json_set(counters, '$.codes."200"', 99) where step = 'hour'`,
  ],
  ["hourly rollups equal a recount of the attempts", "delete from rollups where step = 'hour'"],
];

test.each(planted)("a violation is found: %s (%s)", async (check, sql) => {
  const { audit, file } = await usedStore();
  const sqlite = new Database(file);
  sqlite.pragma("foreign_keys = OFF");
  expect(sqlite.prepare(sql).run().changes).toBeGreaterThan(0);
  sqlite.close();
  expect(audit().find((finding) => finding.check === check)).toMatchObject({
    violations: expect.any(Number),
    example: expect.any(String),
  });
});

test.each([
  "update webhook_queue set delivered = delivered + 3, pending = pending - 1",
  "update webhook_queue set matched = 0, missed = 7",
  "update former_webhooks set cancelled = 99",
  "delete from former_webhooks",
])("a recount mends what is counted wrongly, and tells what it was (%s)", async (sql) => {
  const { audit, dataDir, file } = await usedStore();
  const sqlite = new Database(file);
  sqlite.prepare(sql).run();
  sqlite.close();
  expect(audit().some(({ violations }) => violations > 0)).toBe(true);
  const mended = await recountStore({ dataDir });
  expect(mended?.map(lackInWords).join("\n")).toMatch(/(webhook|customer) [0-9a-f-]{36}: \w+ [+-]\d+/);
  expect(audit().filter(({ violations }) => violations > 0)).toEqual([]);
  expect(await recountStore({ dataDir })).toEqual([]);
});

test("without a store there is nothing to audit or to recount", async () => {
  expect(await auditStore({ dataDir: "/nowhere", retentionMs: day })).toBe(null);
  expect(await recountStore({ dataDir: "/nowhere" })).toBe(null);
});

/** A store on file that was used in every way, and what an audit finds in it. */
async function usedStore() {
  const dataDir = mkdtempSync(join(tmpdir(), "fanfare-audit-"));
  folders.push(dataDir);
  migrateFile(dataDir);
  const clock = { now: Date.UTC(2026, 0, 1) };
  const { store } = openSqlite({ dataDir, clock: () => clock.now, elapsed: () => clock.now });
  const customer = await exerciseStore({ store, clock });
  const file = databaseFile(dataDir);
  const audit = () => auditFile(file, { retentionMs: 30 * day, now: clock.now });
  return { store, clock, customer, dataDir, file, audit };
}
