import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqliteStore } from "../store";
import { connect } from "./connection";
import { databaseFile } from "./database-file";
import { migrateDatabase, migrateFile } from "./migrate";

const migrations = join(import.meta.dirname, "../migrations");
type Entry = { when: number; tag: string };
const { entries } = JSON.parse(readFileSync(join(migrations, "meta/_journal.json"), "utf8")) as {
  entries: Entry[];
};

let sqlite: Database.Database;
beforeEach(() => {
  sqlite = new Database(":memory:");
});
afterEach(() => sqlite.close());

/** The database as the version with the first `count` migrations left it. */
function migratedBefore(count: number): void {
  sqlite.exec(
    "create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)",
  );
  for (const { tag, when } of entries.slice(0, count)) {
    sqlite.exec(
      readFileSync(join(migrations, `${tag}.sql`), "utf8").replaceAll("--> statement-breakpoint", ""),
    );
    sqlite.prepare("insert into __drizzle_migrations (hash, created_at) values ('', ?)").run(when);
  }
}

test("data of the first version knows which events are older than a webhook, and what a running recovery covers", () => {
  migratedBefore(1);
  sqlite.exec(`
    insert into customers (key, id, name, created_at, is_system) values (1, 'c', 'Northwind', 0, 0);
    insert into events (key, id, customer_key, type, payload, content_hash, created_at, is_test, deliveries, skipped)
      values (7, 'e7', 1, 't', '{}', '', 100, 0, 0, '[]'), (8, 'e8', 1, 't', '{}', '', 300, 0, 0, '[]');
    insert into webhooks (key, id, customer_key, url, is_active, events, created_at, updated_at)
      values (1, 'older', 1, '', 1, '[]', 50, 50), (2, 'between', 1, '', 1, '[]', 200, 200),
             (3, 'younger', 1, '', 1, '["t"]', 400, 400);
    insert into counters (name, value) values ('change', 5);
    insert into recoveries (id, webhook_key, since, until, include_failed, include_missed, last_delivery,
      after_event_at, last_event, total, state, created_at) values ('r', 3, 0, 9, 1, 1, 0, 0, 0, 0, 'running', 0)`);
  migrateDatabase(sqlite);
  const rows = sqlite.prepare("select id, after_event from webhooks order by key").raw().all();
  expect(rows).toEqual([
    ["older", 0],
    ["between", 7],
    ["younger", 8],
  ]);
  const recovery = sqlite.prepare("select targets, last_change from recoveries").raw().get();
  expect(recovery).toEqual(['[{"key":3,"events":["t"]}]', 5]);
});

test("invitations of before it was known who made them are over, and their teams stay", () => {
  migratedBefore(2);
  sqlite.exec(`
    insert into customers (key, id, name, created_at, is_system) values (1, 'c', 'Northwind', 0, 0);
    insert into members (user_id, customer_key, role, created_at) values ('ada', 1, 'owner', 0);
    insert into invitations (id, customer_key, role, hash, created_at, expires_at)
      values ('i', 1, 'owner', 'hash', 0, 9e12)`);
  migrateDatabase(sqlite);
  expect(sqlite.prepare("select * from invitations").all()).toEqual([]);
  expect(sqlite.prepare("select user_id from members").pluck().all()).toEqual(["ada"]);
});

test("data of the second version cancels what waits for deleted webhooks, and counts down from what is known", () => {
  migratedBefore(2);
  sqlite.exec(`
    insert into customers (key, id, name, created_at) values (1, 'c', 'Northwind', 0);
    insert into webhooks (key, id, customer_key, url, is_active, events, created_at, updated_at, deleted_at, countdown_since)
      values (1, 'deleted', 1, '', 0, '[]', 0, 0, 5, null), (2, 'failing', 1, '', 1, '[]', 0, 0, null, 100),
             (3, 'well', 1, '', 1, '[]', 0, 0, null, null)`);
  migrateDatabase(sqlite);
  const columns = "id, is_cancelling, countdown_failures, countdown_last_at, countdown_covered_ms";
  expect(sqlite.prepare(`select ${columns} from webhooks order by key`).raw().all()).toEqual([
    ["deleted", 1, 0, null, 0],
    ["failing", 0, 1, 100, 0],
    ["well", 0, 0, null, 0],
  ]);
});

test("failures of before their details were kept have none", () => {
  migratedBefore(entries.findIndex(({ tag }) => tag.endsWith("failure_detail")));
  sqlite.exec(`
    insert into customers (key, id, name, created_at) values (1, 'c', 'Northwind', 0);
    insert into webhooks (key, id, customer_key, url, is_active, events, created_at, updated_at, last_error_code)
      values (1, 'w', 1, '', 1, '[]', 0, 0, 'tls_error');
    insert into events (key, id, customer_key, type, payload, content_hash, created_at, is_test, deliveries, skipped)
      values (1, 'e', 1, 't', '{}', '', 0, 0, 1, '[]');
    insert into deliveries (key, event_key, webhook_key, customer_key, event_type, status, due_at, next_reason,
      created_at, pending_since, change) values (1, 1, 1, 1, 't', 'pending', 0, 'scheduled', 0, 0, 1);
    insert into attempts (delivery_key, number, reason, started_at, duration_ms, error_code, timings, peer)
      values (1, 1, 'scheduled', 0, 0, 'tls_error', '{}', '{}')`);
  migrateDatabase(sqlite);
  const webhook = sqlite.prepare("select last_error_code, last_error_detail from webhooks").raw().get();
  const attempt = sqlite.prepare("select error_code, error_detail from attempts").raw().get();
  expect([webhook, attempt]).toEqual(Array(2).fill(["tls_error", null]));
});

test("what had happened before it was counted is counted, of deleted webhooks too", () => {
  migratedBefore(entries.findIndex(({ tag }) => tag.endsWith("webhook_counters")));
  const skipped = `'[[2,"inactive"],[1,"not_subscribed"],[9,"inactive"]]'`;
  sqlite.exec(`
    insert into customers (key, id, name, created_at) values (1, 'c', 'Northwind', 0);
    insert into webhooks (key, id, customer_key, url, is_active, events, created_at, updated_at, deleted_at)
      values (1, 'on', 1, '', 1, '[]', 0, 0, null), (2, 'off', 1, '', 0, '[]', 0, 0, null),
             (3, 'deleted', 1, '', 0, '[]', 0, 0, 5);
    insert into webhook_queue (webhook_key, customer_key, is_paused, failures, pending)
      values (1, 1, 0, '[]', 1), (2, 1, 1, '[]', 0);
    insert into events (key, id, customer_key, type, payload, content_hash, created_at, is_test, deliveries, skipped)
      values (1, 'a', 1, 't', '{}', '', 0, 0, 2, ${skipped}), (2, 'b', 1, 't', '{}', '', 0, 0, 1, ${skipped}),
             (3, 'test', 1, 't', '{}', '', 0, 1, 1, '[]');
    insert into deliveries (event_key, webhook_key, customer_key, event_type, is_test, status, due_at, next_reason,
      created_at, pending_since, change)
      values (1, 1, 1, 't', 0, 'delivered', 0, 'scheduled', 0, 0, 1), (2, 1, 1, 't', 0, 'pending', 0, 'scheduled', 0, 0, 2),
             (1, 3, 1, 't', 0, 'cancelled', 0, 'scheduled', 0, 0, 3), (3, 1, 1, 't', 1, 'failed', 0, 'test', 0, 0, 4)`);
  migrateDatabase(sqlite);
  const columns = "matched, pending, delivered, failed, cancelled, missed, pruned_missed";
  expect(sqlite.prepare(`select ${columns} from webhook_queue order by webhook_key`).raw().all()).toEqual([
    [2, 1, 1, 0, 0, 0, 0],
    [2, 0, 0, 0, 0, 2, 0],
  ]);
  expect(sqlite.prepare(`select customer_key, ${columns} from former_webhooks`).raw().all()).toEqual([
    [1, 3, 0, 0, 0, 1, 2, 0],
  ]);
});

test("what was recorded whole is shown as it was", async () => {
  sqlite.close();
  const connection = connect(":memory:", Date.now);
  sqlite = connection.sqlite;
  const digest = "0123456789abcdef".repeat(4);
  migratedBefore(entries.findIndex(({ tag }) => tag.endsWith("smaller_deliveries")));
  sqlite.exec(`
    insert into customers (key, id, name, created_at) values (1, 'c', 'Northwind', 0);
    insert into webhooks (key, id, customer_key, url, is_active, events, created_at, updated_at)
      values (1, 'w', 1, 'https://now.example/', 1, '[]', 0, 0);
    insert into webhook_queue (webhook_key, customer_key, is_paused, failures) values (1, 1, 0, '[]');
    insert into events (key, id, customer_key, type, payload, content_hash, created_at, is_test, deliveries, skipped)
      values (1, 'e', 1, 't', '{"id":"e"}', '${digest}', 0, 0, 1, '[]');
    insert into deliveries (key, event_key, webhook_key, customer_key, event_type, status, due_at, next_reason,
      attempts, created_at, pending_since, ended_at, change) values (1, 1, 1, 1, 't', 'delivered', 0, 'scheduled', 1, 0, 0, 9, 1);
    insert into attempts (delivery_key, number, reason, started_at, duration_ms, status_code, timings, peer, url,
      request_headers, response_headers, response_body)
      values (1, 1, 'scheduled', 5, 4, 200, '{"dns":1,"connect":null,"tls":null,"first_byte":2.5,"body":0}',
        '{"address":"192.0.2.1","tls_version":"TLSv1.3","certificate_expires_at":"2027-02-03T04:05:06.000Z","reused":true}',
        'https://then.example/', '{"X-Attempt":"1"}', '{"date":"today"}', x'6f6b')`);
  migrateDatabase(sqlite);
  const store = sqliteStore(connection);
  const found = await store.getDelivery("c", "w", "e");
  const request = { url: "https://then.example/", headers: { "X-Attempt": "1" } };
  const response = { headers: { date: "today" }, body: Buffer.from("ok"), truncated: false };
  expect(found?.delivery).toMatchObject({ status: "delivered", content: { request, response } });
  expect(found?.attempts).toEqual([
    {
      number: 1,
      startedAt: 5,
      durationMs: 4,
      statusCode: 200,
      error: null,
      reason: "scheduled",
      timings: { dns: 1, connect: null, tls: null, first_byte: 2.5, body: 0 },
      peer: {
        address: "192.0.2.1",
        tls_version: "TLSv1.3",
        certificate_expires_at: "2027-02-03T04:05:06.000Z",
        reused: true,
      },
      request,
      response,
    },
  ]);
  const same = { customer: "c", id: "e", type: "t", dataJson: "{}", contentHash: digest };
  expect(await store.publishEvents([same])).toMatchObject({ events: [{ duplicate: true }] });
});

test("a database that a newer version made is refused, and stays as it was", () => {
  migratedBefore(entries.length);
  sqlite.exec("insert into __drizzle_migrations (hash, created_at) values ('', 9e12)");
  const before = sqlite.serialize();
  expect(() => migrateDatabase(sqlite)).toThrow("newer version");
  expect(sqlite.serialize().equals(before)).toBe(true);
});

test("a new database has pages that events fill, and an older one keeps its own", () => {
  const pageBytes = () => sqlite.pragma("page_size", { simple: true });
  migrateDatabase(sqlite);
  expect(pageBytes()).toBe(8192);
  sqlite.close();
  sqlite = new Database(":memory:");
  migratedBefore(entries.length - 1);
  migrateDatabase(sqlite);
  expect(pageBytes()).toBe(4096);
});

test("a file that is no database is refused in a sentence, and stays as it was", () => {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-migrate-"));
  try {
    writeFileSync(databaseFile(folder), "This was a letter. ".repeat(200));
    expect(() => migrateFile(folder)).toThrow(/no SQLite database.*backup/);
    expect(readFileSync(databaseFile(folder), "utf8")).toContain("This was a letter.");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("recoveries of one webhook go on as those of their customer, each with what it includes", () => {
  migratedBefore(12);
  sqlite.exec(`
    insert into customers (key, id, name, created_at) values (4, 'c', 'Northwind', 0);
    insert into webhooks (key, id, customer_key, url, is_active, events, created_at, updated_at)
      values (2, 'w', 4, '', 1, '["other"]', 0, 0);
    insert into recoveries (key, id, webhook_key, until, include_failed, include_missed, events, after_event_at,
      after_event, last_event, last_change, total, done, state, created_at, ended_at)
      values (5, 'both', 2, 90, 1, 1, '["t"]', 60, 7, 8, 3, 10, 4, 'running', 50, null),
             (6, 'missed', 2, 90, 0, 1, '[]', 60, 7, 8, 3, 1, 1, 'done', 50, 55)`);
  migrateDatabase(sqlite);
  const columns =
    "key, customer_key, webhook_key, include, targets, after_event_at, done, sent, state, ended_at";
  expect(sqlite.prepare(`select ${columns} from recoveries order by key`).raw().all()).toEqual([
    [5, 4, 2, '["failed","missed"]', '[{"key":2,"events":["t"]}]', 60, 4, 4, "running", null],
    [6, 4, 2, '["missed"]', '[{"key":2,"events":[]}]', 60, 1, 1, "done", 55],
  ]);
});
