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

test("both have the same tables", () => {
  expect(namesOf(onPostgres)).toEqual(namesOf(onSqlite));
  expect(onSqlite.length).toBeGreaterThan(15);
});

test.each(onSqlite)("$name has the same columns in both", ({ name, columns }) => {
  expect(twinOf(name).columns).toEqual(columns);
});

test.each(onSqlite)("$name has the same keys in both", ({ name, primary, unique, foreign }) => {
  const twin = twinOf(name);
  expect({ primary: twin.primary, unique: twin.unique, foreign: twin.foreign }).toEqual({
    primary,
    unique,
    foreign,
  });
});

/** What waits is one index on SQLite, which a comparison ends in. Postgres keeps that out of an index. */
const otherIndexes: Record<string, { sqlite: string[]; postgres: string[] }> = {
  deliveries: { sqlite: ["deliveries_due"], postgres: ["deliveries_retried", "deliveries_untried"] },
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

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

type Config = ReturnType<typeof sqliteConfig> | ReturnType<typeof postgresConfig>;

function describeTable({ name, columns, primaryKeys, uniqueConstraints, foreignKeys, indexes }: Config) {
  const names = (of: readonly { name: string }[]) => of.map(({ name }) => name);
  return {
    name,
    columns: columns
      .map(({ name, notNull, dataType, default: value }) => ({ name, notNull, dataType, value }))
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
