import { afterEach, beforeEach, expect, test } from "vitest";
import { type Connection, connect } from "../connection/connection";
import { migrateDatabase } from "../connection/migrate";
import { sqliteStore } from "../store";

const clock = { now: Date.UTC(2026, 0, 1) };
let connection: Connection;
beforeEach(() => {
  connection = connect(":memory:", () => clock.now);
  migrateDatabase(connection.sqlite);
  connection.sqlite.exec(`
    insert into customers (key, id, name, created_at) values (1, 'c', 'Northwind', 0);
    insert into users (id, name, email, created_at, updated_at) values ('u', 'Ada', 'ada@example.com', 0, 0)`);
});
afterEach(() => connection.close());

/** What a row of each table needs besides its number and its end. */
const tables = {
  sessions: ["id, user_id, token, created_at, updated_at", "@row, 'u', @row, 0, 0"],
  invitations: ["id, customer_key, role, maker_id, hash, created_at", "@row, 1, 'member', 'u', @row, 0"],
  reset_links: ["user_id, hash", "@row, @row"],
  portal_links: ["hash, customer_key", "@row, 1"],
  portal_sessions: ["hash, customer_key", "@row, 1"],
};

test.each(Object.entries(tables))(
  "%s that are over go, in small batches, and open ones stay",
  async (table, [columns, values]) => {
    const { sqlite } = connection;
    const insert = sqlite.prepare(`insert into ${table} (${columns}, expires_at) values (${values}, @end)`);
    for (let row = 0; row < 450; row += 1) insert.run({ row: `over-${row}`, end: clock.now - row });
    insert.run({ row: "open", end: clock.now + 1 });
    const count = sqlite.prepare(`select count(*) from ${table}`).pluck();
    const store = sqliteStore(connection);
    const left: unknown[] = [];
    while (await store.maintain({ retentionMs: 86_400_000, longestPauseMs: 24 * 3_600_000 }))
      left.push(count.get());
    expect([...left, count.get()]).toEqual([251, 51, 1]);
  },
);

test.each(Object.keys(tables))("what is over is found in %s without looking at the rest", (table) => {
  const plan = connection.sqlite
    .prepare(`explain query plan select rowid from ${table} where expires_at <= 1 limit 1`)
    .all() as { detail: string }[];
  expect(plan.map(({ detail }) => detail).join()).toMatch(/^SEARCH \w+ USING (COVERING )?INDEX \w+_expiry/);
});
