import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { newDatabase } from "@/testing/postgres-server";
import { type Connection, connect, type Transaction } from "./connection";
import { onlyOne } from "./rows";
import { writeGroup } from "./write-group";

let connection: Connection;
beforeAll(async () => {
  connection = connect({ url: await newDatabase(inject("postgresUrl")) });
});
afterAll(() => connection.close());

const group = () => writeGroup(connection.write, ["first", "second"]);

async function transactionOf({ db }: Transaction): Promise<string> {
  const { rows } = await db.execute<{ id: string }>(sql`select pg_current_xact_id() as id`);
  return onlyOne(rows).id;
}

test("one write of each kind shares a transaction, in the order of kinds", async () => {
  const write = group();
  const order: string[] = [];
  const run = (kind: "first" | "second", name: string) =>
    write(kind, (tx) => {
      order.push(name);
      return transactionOf(tx);
    });
  const [b1, a1, a2] = await Promise.all([run("second", "b1"), run("first", "a1"), run("first", "a2")]);
  expect(order).toEqual(["a1", "b1", "a2"]);
  expect(a1).toBe(b1);
  expect(a2).not.toBe(a1);
});

test("one that fails takes nobody along, and leaves nothing", async () => {
  const write = group();
  await connection.db.execute(sql`create table kept (name text)`);
  const put = (name: string) => async (tx: Transaction) => {
    await tx.db.execute(sql`insert into kept values (${name})`);
    if (name === "bad") throw new Error("no");
    return name;
  };
  const results = await Promise.allSettled([write("first", put("good")), write("second", put("bad"))]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
  const { rows } = await connection.db.execute(sql`select name from kept`);
  expect(rows).toEqual([{ name: "good" }]);
});
