import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import Database from "better-sqlite3";
import { afterEach, expect, test } from "vitest";
import { seal } from "@/domain/webhook/seal";
import { auditStore } from "./audit";
import {
  attempt,
  claim,
  day,
  minute,
  newCustomer,
  newWebhook,
  publish,
  scheduleMs,
  turn,
} from "./contract.kit";
import { migrateStore, openStore } from "./open";
import type { Claim } from "./store";

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
  await store.deleteWebhook(customer, webhook?.id ?? "");
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

test("without a store there is nothing to audit", () => {
  expect(auditStore({ dataDir: "/nowhere", retentionMs: day, now: 0 })).toBe(null);
});

const ring = [{ id: "k1", key: randomBytes(32) }];

/** Two customers; deliveries that were delivered, retried, lost, held, recovered, cancelled; a test. */
async function usedStore() {
  const dataDir = mkdtempSync(join(tmpdir(), "fanfare-audit-"));
  folders.push(dataDir);
  migrateStore({ dataDir });
  const clock = { now: Date.UTC(2026, 0, 1) };
  const { store } = openStore({ dataDir, clock: () => clock.now, elapsed: () => clock.now });
  const opened = { store, clock };
  const [customer, other] = [await newCustomer(store), await newCustomer(store)];
  const webhookId = await newWebhook(store, customer, { secret: seal(ring, "secret", "owner") });
  await newWebhook(store, other);
  await newWebhook(store, customer, { isActive: false });
  const deleted = await newWebhook(store, customer);
  clock.now += 1;
  await publish(store, customer, 3);
  await turn(opened, 200);
  await publish(store, customer, 5);
  await store.deleteWebhook(customer, deleted);
  await turn(opened, 500);
  await store.createTest({
    customerId: customer,
    webhookId,
    eventId: "test",
    type: "search_completed",
    dataJson: "{}",
  });
  await turn(opened, 200);
  await publish(store, customer, 2);
  const [lost] = await claim(store);
  clock.now += minute;
  if (!lost) throw new Error("Nothing was claimed.");
  const isLost = ({ event }: Claim) => event.id === lost.event.id;
  while (!(await turn(opened, "timeout")).some(isLost)); // what was held drains one at a time
  expect(await store.recordAttempts([attempt(lost, 200, clock.now)])).toEqual(["lease_lost"]);
  for (const delayMs of scheduleMs) {
    clock.now += 2 * delayMs;
    await turn(opened, 503);
  }
  await store.startRecovery({
    id: "recovery",
    customerId: customer,
    webhookId,
    since: 0,
    until: null,
    include: ["failed", "missed"],
  });
  while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: 24 * 3_600_000 }));
  await store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
  clock.now += 10 * minute;
  await store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
  await publish(store, other, 4);
  return {
    store,
    clock,
    customer,
    file: join(dataDir, "fanfare.sqlite"),
    audit: () => auditStore({ dataDir, retentionMs: 30 * day, now: clock.now }) ?? [],
  };
}
