import { is } from "drizzle-orm";
import { PgTable, getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { SQLiteTable, getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import { expect, test } from "vitest";
import * as postgresAuth from "./postgres/schema/auth-tables";
import * as postgresTables from "./postgres/schema/tables";
import * as sqliteAuth from "./sqlite/schema/auth-tables";
import * as sqliteTables from "./sqlite/schema/tables";

// Both stores remember the same: where they differ on purpose stands here.

const onSqlite = Object.values({ ...sqliteTables, ...sqliteAuth }).flatMap((table) =>
  is(table, SQLiteTable) ? describeTable(sqliteConfig(table as SQLiteTable)) : [],
);
const onPostgres = Object.values({ ...postgresTables, ...postgresAuth }).flatMap((table) =>
  is(table, PgTable) ? describeTable(postgresConfig(table as PgTable)) : [],
);

const namesOf = (tables: { name: string }[]) => tables.map(({ name }) => name).toSorted();

/** On Postgres the payload of an event is apart, because it goes with its day. */
const onlyOnPostgres = ["payloads"];

test("both have the same tables", () => {
  const shared = onPostgres.filter(({ name }) => !onlyOnPostgres.includes(name));
  expect(shared).toHaveLength(onPostgres.length - onlyOnPostgres.length);
  expect(namesOf(shared)).toEqual(namesOf(onSqlite));
  expect(onSqlite.length).toBeGreaterThan(15);
});

/** Transactions end in any order on Postgres: what had ended at a moment is no number. */
const otherColumns = ["recoveries.last_change"];

/**
 * Payloads and attempts are in partitions by the day of their event on Postgres, and with the day they are found. An
 * attempt has no key of its own there, of which nothing would make use.
 */
const columnsOfOne = {
  sqlite: ["events.payload", "attempts.key"],
  postgres: ["events.day", "deliveries.day", "attempts.day", "search_segments.day", "search_terms.day"],
};

test.each(onSqlite)("$name has the same columns in both", ({ name, columns }) => {
  const others = [...otherColumns, ...columnsOfOne.sqlite, ...columnsOfOne.postgres];
  const isOther = ({ name: column }: { name: string }) => others.includes(`${name}.${column}`);
  const alike = (all: typeof columns) => all.filter((column) => !isOther(column));
  expect(alike(twinOf(name).columns)).toEqual(alike(columns));
});

test("columns of one of them are there, and in it alone", () => {
  const columnsOf = (tables: typeof onSqlite) =>
    tables.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
  const [sqlite, postgres] = [columnsOf(onSqlite), columnsOf(onPostgres)];
  for (const name of columnsOfOne.sqlite)
    expect([sqlite, postgres].map((all) => all.includes(name))).toEqual([true, false]);
  for (const name of columnsOfOne.postgres)
    expect([sqlite, postgres].map((all) => all.includes(name))).toEqual([false, true]);
});

test("columns that differ are there in both", () => {
  for (const name of otherColumns) {
    const [table = "", column] = name.split(".");
    const sqlite = onSqlite.find((each) => each.name === table);
    for (const { columns } of [sqlite ?? twinOf(""), twinOf(table)]) {
      expect(columns.map((each) => each.name)).toContain(column);
    }
  }
});

/** A unique index of a partitioned table holds the day. Nothing is removed with what an attempt refers to. */
const attemptsOnPostgres = { primary: [["delivery_key", "number", "day"]], unique: [], foreign: [] };

test("attempts are found by their delivery and number in both", () => {
  expect(twinOf("attempts")).toMatchObject(attemptsOnPostgres);
  const sqlite = onSqlite.find(({ name }) => name === "attempts");
  expect(sqlite?.unique).toEqual([["delivery_key", "number"]]);
});

test("terms are found by their segment in both", () => {
  expect(twinOf("search_terms").primary).toEqual([["segment", "term", "day"]]);
  expect(onSqlite.find(({ name }) => name === "search_terms")?.primary).toEqual([["segment", "term"]]);
});

const othersOnSqlite = onSqlite.filter(({ name }) => !["attempts", "search_terms"].includes(name));

test.each(othersOnSqlite)("$name has the same keys in both", ({ name, primary, unique, foreign }) => {
  const twin = twinOf(name);
  expect({ primary: twin.primary, unique: twin.unique, foreign: twin.foreign }).toEqual({
    primary,
    unique,
    foreign,
  });
});

/** What an attempt is found by is its primary key on Postgres. What waits is one index on SQLite, which a comparison ends in. Postgres keeps that out of an index. */
const otherIndexes: Record<string, { sqlite: string[]; postgres: string[] }> = {
  deliveries: { sqlite: ["deliveries_due"], postgres: ["deliveries_retried", "deliveries_untried"] },
  attempts: { sqlite: ["attempts_of_delivery"], postgres: [] },
};

test.each(onSqlite)("$name has the same indexes in both", ({ name, indexes }) => {
  const { sqlite = [], postgres = [] } = otherIndexes[name] ?? {};
  const without = (all: string[], some: string[]) => all.filter((index) => !some.includes(index));
  expect(without(twinOf(name).indexes, postgres)).toEqual(without(indexes, sqlite));
});

function twinOf(name: string) {
  const twin = onPostgres.find((table) => table.name === name);
  if (!twin) throw new Error(`Postgres has no table ${name}.`);
  return twin;
}

/** Encoded columns are custom on one side and bytes on the other, and know how to turn them into the same. */
function kindOf(dataType: string): string {
  return dataType === "custom" ? "buffer" : dataType;
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

type Config = ReturnType<typeof sqliteConfig> | ReturnType<typeof postgresConfig>;

function describeTable({ name, columns, primaryKeys, uniqueConstraints, foreignKeys, indexes }: Config) {
  const names = (of: readonly { name: string }[]) => of.map(({ name }) => name);
  return {
    name,
    columns: columns
      .map(({ name, notNull, dataType, default: value }) => ({
        name,
        notNull,
        value,
        kind: kindOf(dataType),
      }))
      .toSorted(byName),
    primary: [
      ...columns.filter(({ primary }) => primary).map(({ name }) => [name]),
      ...primaryKeys.map((key) => names(key.columns)),
    ],
    unique: [
      ...columns.filter(({ isUnique }) => isUnique).map(({ name }) => [name]),
      ...uniqueConstraints.map((constraint) => names(constraint.columns)),
      ...indexes
        .filter(({ config }) => config.unique)
        .map(({ config }) => names(config.columns as { name: string }[])),
    ].toSorted(),
    foreign: foreignKeys
      .map((key) => {
        const { columns, foreignColumns } = key.reference();
        return { of: names(columns).join(), to: names(foreignColumns).join(), onDelete: key.onDelete };
      })
      .toSorted((a, b) => (a.of < b.of ? -1 : 1)),
    indexes: indexes.map(({ config }) => config.name ?? "").toSorted(),
  };
}
