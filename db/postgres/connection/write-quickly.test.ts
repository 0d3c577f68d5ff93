import { sql } from "drizzle-orm";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newCustomer, newWebhook, publish } from "../../contract.kit";
import { makeDatabase } from "../open.kit";
import { postgresStore } from "../store";
import { type Connection, connect, type Database } from "./connection";

let connection: Connection;
/** How often something was asked while nothing else was waited for. */
let waits = 0;
beforeAll(async () => {
  connection = connect({ url: await makeDatabase() });
  connection.pool.on("connect", countWaits);
  await connection.db.execute(sql`create table kept (name text)`);
});
afterAll(() => connection.close());

function countWaits(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => Promise<unknown>;
  let asked = 0;
  client.query = ((...given: unknown[]) => {
    if (typeof given.at(-1) === "function") return query(...given); // the pool's own, in no transaction
    if (asked === 0) waits += 1;
    asked += 1;
    return query(...given).finally(() => {
      asked -= 1;
    });
  }) as typeof client.query;
}

const keep = ({ $client }: Database, name: string) => $client.query("insert into kept values ($1)", [name]);
const kept = async () => (await connection.db.execute(sql`select name from kept order by name`)).rows;

test("what is asked first comes with the beginning, and what is left with the commit", async () => {
  waits = 0;
  const asked = await connection.writeQuickly(
    (db) => keep(db, "first").then(({ rowCount }) => rowCount),
    async ({ db, now }, found) => ({ result: [found, now > 0], last: keep(db, "last") }),
  );
  expect(asked).toEqual([1, true]);
  expect(waits).toBe(2);
  expect(await kept()).toEqual([{ name: "first" }, { name: "last" }]);
});

test("when what is left fails, nothing stays, and that is why", async () => {
  const before = await kept();
  const writing = connection.writeQuickly(
    (db) => keep(db, "undone"),
    async ({ db }) => ({ result: "done", last: db.$client.query("select 1 / 0") }),
  );
  await expect(writing).rejects.toMatchObject({ code: "22012" });
  expect(await kept()).toEqual(before);
});

test("when what is left meets a conflict, all of it is run again", async () => {
  let runs = 0;
  const conflict = "do $$ begin raise exception 'no' using errcode = '40001'; end $$";
  const result = await connection.writeQuickly(
    async () => {},
    async ({ db }) => {
      runs += 1;
      return { result: runs, last: runs === 1 ? db.$client.query(conflict) : keep(db, "twice") };
    },
  );
  expect(result).toBe(2);
  expect(await kept()).toContainEqual({ name: "twice" });
});

test("when what is asked first fails, the body is not run", async () => {
  const writing = connection.writeQuickly(
    (db) => db.$client.query("select 1 / 0"),
    async () => expect.unreachable(),
  );
  await expect(writing).rejects.toMatchObject({ code: "22012" });
});

test("an event waits for the server three times", async () => {
  const store = postgresStore(connection);
  const customer = await newCustomer(store);
  await newWebhook(store, customer);
  waits = 0;
  await publish(store, customer);
  expect(waits).toBe(3);
});
