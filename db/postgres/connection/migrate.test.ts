import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { newDatabase, runSql } from "@/testing/postgres-server";
import { type Clock, day, runBy } from "../../contract.kit";
import { auditPostgres } from "../audit/audit";
import { dayOf } from "../schema/day";
import { postgresStore } from "../store";
import { type Connection, connect } from "./connection";
import { migrateDatabase } from "./migrate";

const migrations = join(import.meta.dirname, "../migrations");
type Entry = { when: number; tag: string };
const { entries } = JSON.parse(readFileSync(join(migrations, "meta/_journal.json"), "utf8")) as {
  entries: Entry[];
};

let url: string;
const connections: Connection[] = [];
beforeEach(async () => {
  url = await newDatabase(inject("postgresUrl"));
});
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
});

const migrate = () => migrateDatabase({ url, setting: "DATABASE_URL" });

/** The database as the version with the first `count` migrations left it. */
async function migratedBefore(count: number): Promise<void> {
  await runSql(url, "create table fanfare_migrations (created_at bigint primary key, hash text not null)");
  for (const { tag, when } of entries.slice(0, count)) {
    const source = readFileSync(join(migrations, `${tag}.sql`), "utf8");
    await runSql(url, source.replaceAll("--> statement-breakpoint", ""));
    await runSql(url, `insert into fanfare_migrations values (${when}, '')`);
  }
}

test("data of the first version is all there, found as before, and goes with its days", async () => {
  const clock: Clock = { now: Date.now(), jumpedMs: 0, doubts: [] };
  const [old, today, ahead] = [clock.now - 20 * day, clock.now, clock.now + 300 * day];
  await migratedBefore(1);
  await runSql(
    url,
    `insert into customers (id, name, created_at) values ('c', 'Northwind', ${old});
    insert into webhooks (id, customer_key, url, is_active, events, created_at, updated_at)
      values ('w', 1, 'https://receiver.example/', true, '["t"]', ${old}, ${old});
    insert into webhook_queue (webhook_key, customer_key, is_paused, failures) values (1, 1, false, '[]');
    insert into events (id, customer_key, type, payload, content_hash, deliveries, skipped, created_at)
      select 'e' || n, 1, 't', '{"id":"e' || n || '","type":"t"}', '\\x00', 1, '[]', at
      from unnest(array[${old}, ${today}, ${ahead}]) with ordinality as given(at, n);
    insert into deliveries (event_key, webhook_key, customer_key, event_type, status, due_at, attempts, tries, next_reason,
      status_code, created_at, pending_since, ended_at, change)
      select key, 1, 1, 't', 'delivered', created_at, 2, 2, 'scheduled', 200, created_at, created_at, created_at, 1 from events;
    insert into attempts (delivery_key, number, reason, started_at, duration_ms, status_code, timings, peer, url,
      request_headers, response_headers, response_body)
      select d.key, n, 'scheduled', d.created_at, 20, 300 - n * 50, '[]', '[]', 'https://receiver.example/', ('{"a":"' || n || '"}')::json,
        null, 'body'
      from deliveries d, generate_series(1, 2) n`,
  );
  const ofBefore = await runSql(
    url,
    "select delivery_key, number, started_at, status_code from attempts order by 1, 2",
  );

  await migrate();

  expect(
    await runSql(url, "select delivery_key, number, started_at, status_code from attempts order by 1, 2"),
  ).toEqual(ofBefore);
  expect(ofBefore).toHaveLength(6);
  expect(
    await runSql(
      url,
      "select e.id, p.payload, p.day, p.tableoid::regclass::text as place from payloads p join events e on e.key = p.event_key order by 1",
    ),
  ).toEqual([
    { id: "e1", payload: '{"id":"e1","type":"t"}', day: dayOf(old), place: "payloads_before" },
    { id: "e2", payload: '{"id":"e2","type":"t"}', day: dayOf(today), place: "payloads_before" },
    { id: "e3", payload: '{"id":"e3","type":"t"}', day: dayOf(ahead), place: "payloads_default" },
  ]);
  expect(await runSql(url, "select day from deliveries order by key")).toEqual(
    [old, today, ahead].map((at) => ({ day: dayOf(at) })),
  );
  const connection = connect({ url, ...runBy(clock) });
  connections.push(connection);
  const store = postgresStore(connection);
  for (const id of ["e1", "e2", "e3"]) {
    const found = await store.getDelivery("c", "w", id);
    expect(found?.delivery.content?.payload).toBe(`{"id":"${id}","type":"t"}`);
    expect(found?.attempts.map(({ number, statusCode }) => [number, statusCode])).toEqual([
      [2, 200],
      [1, 250],
    ]);
  }
  const findings = await auditPostgres(url, 30 * day);
  const broken = findings.filter(({ violations }) => violations > 0).map(({ check }) => check);
  expect(broken).toEqual(["hourly rollups equal a recount of the attempts"]); // of which none were made here

  clock.now += 31 * day;
  const settle = async () => {
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
  };
  await settle();
  await settle();
  expect(await runSql(url, "select to_regclass('payloads_before') as there")).toEqual([{ there: null }]);
  expect(await runSql(url, "select id from events")).toEqual([{ id: "e3" }]);
});

test("an empty database gets the days that come first, and none for all before", async () => {
  await migrate();
  const rows = await runSql(
    url,
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'payloads'::regclass",
  );
  const names = rows.map(({ name }) => name);
  expect(names).toContain(`payloads_${dayOf(Date.now()) + 1}`);
  expect(names).not.toContain("payloads_before");
});
