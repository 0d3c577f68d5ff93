import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { newDatabase, type PostgresServer, runSql, startPostgres } from "@/testing/postgres-server";
import { ann } from "../actor.kit";
import { type Clock, claim, day, newCustomer, newWebhook, publish, runBy } from "../contract.kit";
import type { Store } from "../store";
import { auditPostgres } from "./audit/audit";
import { thisChange } from "./connection/change";
import { type Connection, connect } from "./connection/connection";
import { migrateDatabase } from "./connection/migrate";
import { makeDatabase, spendTransactions } from "./open.kit";
import { postgresStore } from "./store";

/*
 * Another server numbers its transactions from the beginning, and by those numbers people follow changes. What pg_dump
 * and psql do is done here row by row, because they are not everywhere (see dumped.test.ts).
 */

let fresh: PostgresServer;
beforeAll(async () => {
  fresh = await startPostgres();
});
afterAll(() => fresh.end());

const clock: Clock = { now: Date.UTC(2026, 0, 1), jumpedMs: 0, doubts: [] };
const connections: Connection[] = [];
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
});

let original: string;
let store: Store;
let customer: string;
let webhook: string;
beforeEach(async () => {
  original = await makeDatabase();
  await spendTransactions(original, 3_000); // more than the fresh server has had
  store = open(original);
  customer = await newCustomer(store);
  webhook = await newWebhook(store, customer);
});

function open(url: string): Store {
  const connection = connect({ url, ...runBy(clock) });
  connections.push(connection);
  return postgresStore(connection);
}

/** Moves all rows into a database of the fresh server, as they are at one moment, and starts on it for the first time. */
async function restore(): Promise<{ restored: Store; connection: Connection; url: string }> {
  const url = await newDatabase(fresh.url);
  await prepare(url);
  const tables = (
    await runSql(
      url,
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
        and not relispartition and relname not like '%migrations'`,
    )
  ).map(({ relname }) => String(relname));
  await runSql(url, `truncate ${tables.join()}`);
  for (const table of tables) await moveTable(table, url);
  await prepare(url);
  const restored = open(url);
  return { restored, connection: connections.at(-1) as Connection, url };
}

const prepare = (url: string) => migrateDatabase({ url, setting: "DATABASE_URL" });

async function moveTable(name: string, to: string): Promise<void> {
  const all = await runSql(original, `select coalesce(json_agg(t), '[]')::text as rows from ${name} t`);
  const client = new pg.Client({ connectionString: to });
  await client.connect();
  await client.query("set session_replication_role = replica"); // parents may come later
  const [{ columns } = {}] = await runSql(
    to,
    `select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
      where attrelid = '${name}'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
  );
  await client.query(
    `insert into ${name} (${columns}) overriding system value
      select ${columns} from json_populate_recordset(null::${name}, $1)`,
    [all[0]?.rows],
  );
  const { rowCount } = await client.query(
    "select from pg_attribute where attrelid = $1::regclass and attname = 'key' and attidentity <> ''",
    [name],
  );
  if (rowCount)
    await client.query(`select setval(pg_get_serial_sequence('${name}', 'key'), max(key)) from ${name}`);
  await client.end();
}

test("who followed changes past a dump sees what changes in the database made of it", async () => {
  await publish(store, customer, 3);
  const { restored } = await restore();
  await publish(store, customer, 20);
  const { cursor } = await store.listChanges(customer, { after: null, limit: 1 });
  const { latest } = await store.listChangedCustomers([customer], null);

  const [id] = await publish(restored, customer);
  const { items } = await restored.listChanges(customer, { after: cursor, limit: 9 });
  expect(items.map(({ delivery }) => delivery.eventId)).toEqual([id]);
  expect((await restored.listChangedCustomers([customer], latest)).customerIds).toEqual([customer]);
});

test("an audit of what was restored takes its changes for what they are", async () => {
  await publish(store, customer, 3);
  const { restored, url } = await restore();
  await publish(restored, customer);
  const findings = await auditPostgres(url, 30 * day);
  expect(findings.filter(({ violations }) => violations > 0)).toEqual([]);
});

test("a recovery that was dumped half-way takes nothing that failed after it was asked for", async () => {
  const [first = "", second = ""] = await publish(store, customer, 2);
  const fail = (connection: Connection | undefined, id: string) =>
    connection?.write(({ db }) =>
      db.execute(sql`update deliveries d set status = 'failed', change = ${thisChange}
        from events e where e.key = d.event_key and e.id = ${id}`),
    );
  await fail(connections[0], first);
  const range = { since: 0, until: null, include: ["failed" as const] };
  await store.startRecovery({ id: randomUUID(), customerId: customer, webhookId: webhook, ...range }, ann);
  const { restored, connection } = await restore();
  await fail(connection, second);
  while (await restored.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
  expect((await claim(restored)).map(({ event }) => event.id)).toEqual([first]);
});

test("on the same server, changes go on where they were", async () => {
  await publish(store, customer);
  const { cursor } = await store.listChanges(customer, { after: null, limit: 1 });
  await prepare(original);
  await publish(store, customer);
  const next = await store.listChanges(customer, { after: null, limit: 1 });
  expect(Number.parseInt(next.cursor, 10) - Number.parseInt(cursor, 10)).toBeLessThan(10_000);
});
