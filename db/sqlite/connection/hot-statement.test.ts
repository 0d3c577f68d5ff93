import { asc, eq, sql } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Connection, connect } from "./connection";
import { given, hotSelect, hotStatement } from "./hot-statement";

type Tag = { name: string };
const rows = sqliteTable("rows", {
  key: integer("key").primaryKey(),
  isOn: integer("is_on", { mode: "boolean" }).notNull(),
  tag: text("tag", { mode: "json" }).$type<Tag>(),
});
const notes = sqliteTable("notes", { rowKey: integer("row_key"), text: text("text") });

let connection: Connection;
beforeEach(() => {
  connection = connect(":memory:", Date.now);
  connection.sqlite.exec(`
    create table rows (key integer primary key, is_on integer not null, tag text);
    create table notes (row_key integer, text text);
    insert into rows values (1, 1, '{"name":"one"}'), (2, 0, null);
    insert into notes values (1, 'a'), (2, null);
  `);
});
afterEach(() => connection.close());

const stored = (key: number) => connection.sqlite.prepare("select * from rows where key = ?").get(key);

test("what an insert is given is written as its columns write it, and null as null", () => {
  const insert = hotStatement(
    connection,
    connection.db.insert(rows).values({
      key: sql.placeholder("key"),
      isOn: sql.placeholder("isOn"),
      tag: sql.placeholder("tag"),
    }),
  );
  insert.run({ key: 3, isOn: true, tag: { name: "three" } });
  insert.run({ key: 4, isOn: false, tag: null });
  expect(stored(3)).toEqual({ key: 3, is_on: 1, tag: '{"name":"three"}' });
  expect(stored(4)).toEqual({ key: 4, is_on: 0, tag: null });
});

test("what a change sets is written the same way, beside what is no parameter, and tells how many rows it met", () => {
  const update = hotStatement(
    connection,
    connection.db
      .update(rows)
      .set({ isOn: given("isOn", rows.isOn), tag: given("tag", rows.tag) })
      .where(eq(rows.key, sql.placeholder("key"))),
  );
  expect(update.run({ key: 1, isOn: false, tag: null }).changes).toBe(1);
  expect(stored(1)).toEqual({ key: 1, is_on: 0, tag: null });
  update.run({ key: 2, isOn: true, tag: { name: "two" } });
  expect(stored(2)).toEqual({ key: 2, is_on: 1, tag: '{"name":"two"}' });
  expect(update.run({ key: 9, isOn: true, tag: null }).changes).toBe(0);
});

test("a read answers what drizzle's own would, whole tables and computed values included", () => {
  const query = connection.db
    .select({
      row: rows,
      note: notes.text,
      isFirst: sql<boolean>`${rows.key} = 1`.mapWith(Boolean),
      length: sql<number>`length(${notes.text})`,
    })
    .from(rows)
    .innerJoin(notes, eq(notes.rowKey, rows.key))
    .orderBy(asc(rows.key));
  const own = query.all();
  expect(own[0]).toMatchObject({ row: { isOn: true, tag: { name: "one" } }, isFirst: true });
  expect(hotSelect(connection, query).all({})).toEqual(own);
});

test("a read of one row is asked with what it is given, and answers undefined where there is none", () => {
  const select = hotSelect(
    connection,
    connection.db
      .select({ tag: rows.tag })
      .from(rows)
      .where(eq(rows.key, sql.placeholder("key"))),
  );
  expect(select.get({ key: 1 })).toEqual({ tag: { name: "one" } });
  expect(select.get({ key: 2 })).toEqual({ tag: null });
  expect(select.get({ key: 9 })).toBeUndefined();
});
