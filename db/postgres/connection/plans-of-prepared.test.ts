import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { makeDatabase } from "../open.kit";
import { connect } from "./connection";

test("what has no index to go by is read, and no plan is compiled for it first", async () => {
  const connection = connect({ url: await makeDatabase() });
  const { rows } = await connection.db.execute(
    sql`explain (analyze, costs off) select * from delivery_pause`,
  );
  await connection.close();
  const plan = rows.map((row) => String(row["QUERY PLAN"])).join("\n");
  expect(plan).toMatch(/^Seq Scan on delivery_pause/);
  expect(plan).not.toMatch(/^JIT:/m);
});
