import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { newDatabase, type PostgresServer, runSql, startPostgres } from "@/testing/postgres-server";
import { newCustomer, newEvent, newWebhook } from "../contract.kit";
import { type Connection, connect } from "./connection/connection";
import { migrateDatabase } from "./connection/migrate";
import { postgresStore } from "./store";

/* A server whose commits wait for a standby, which is away. */

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.end());
const connections: Connection[] = [];
afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
});

function open(url: string) {
  const connection = connect({ url });
  connections.push(connection);
  return postgresStore(connection);
}

/** Who has committed, and waits until a standby has that too. */
const waiting = () =>
  vi.waitFor(
    async () => {
      const rows = await runSql(server.url, "select pid from pg_stat_activity where wait_event = 'SyncRep'");
      expect(rows).toHaveLength(1);
      return rows[0]?.pid;
    },
    { timeout: 10_000 },
  );

test("what is sent again is acknowledged no sooner than what was sent first: when a standby has it", async () => {
  const url = await newDatabase(server.url);
  await migrateDatabase({ url, setting: "DATABASE_URL" });
  const before = open(url);
  const customer = await newCustomer(before);
  await newWebhook(before, customer);
  await runSql(server.url, "alter system set synchronous_standby_names = nobody");
  await server.stop();
  await server.start();

  const store = open(url);
  const event = newEvent(customer);
  const first = store.publishEvents([event]);
  const lost = expect(first).rejects.toThrow();
  await runSql(server.url, `select pg_terminate_backend(${await waiting()})`);
  await lost;
  expect(await runSql(url, `select from events where id = '${event.id}'`)).toHaveLength(1);

  const again = store.publishEvents([event]);
  await waiting();
  await runSql(server.url, "alter system reset synchronous_standby_names");
  await runSql(server.url, "select pg_reload_conf()");
  expect(await again).toEqual({
    kind: "accepted",
    events: [{ id: event.id, deliveries: 1, duplicate: true }],
  });
});
