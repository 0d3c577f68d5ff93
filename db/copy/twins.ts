import { type Column, getTableColumns } from "drizzle-orm";
import { type PgColumn, type PgTable, getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { type SQLiteTable, getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import { storableText } from "../postgres/connection/text";
import * as postgresAuth from "../postgres/schema/auth-tables";
import * as postgres from "../postgres/schema/tables";
import * as sqliteAuth from "../sqlite/schema/auth-tables";
import * as sqlite from "../sqlite/schema/tables";

/** A value as both stores read it. */
export type Plain = unknown;
export type Row = Plain[];
/** The primary key of a row: numbers and texts. */
export type Key = (number | string)[];

/** A table as it is in both stores. */
export type Twin = {
  name: string;
  columns: TwinColumn[];
  /** The columns of the primary key, which order its rows. */
  key: { name: string; place: number; isText: boolean }[];
  /** Whether Postgres numbers its rows by itself. */
  isNumbered: boolean;
  /** Which rows of each are of the installation, and not of that store alone. */
  only: { sqlite: string; postgres: string };
};

export type TwinColumn = {
  name: string;
  postgresType: string;
  fromSqlite(stored: unknown): Plain;
  fromPostgres(stored: unknown): Plain;
  toPostgres(value: Plain): unknown;
};

/** All tables, each after those that it refers to. */
export const twins: Twin[] = [
  twin(sqliteAuth.users, postgresAuth.users),
  twin(sqliteAuth.sessions, postgresAuth.sessions),
  twin(sqliteAuth.accounts, postgresAuth.accounts),
  twin(sqlite.customers, postgres.customers),
  twin(sqlite.apiKeys, postgres.apiKeys),
  twin(sqlite.members, postgres.members),
  twin(sqlite.invitations, postgres.invitations),
  twin(sqlite.resetLinks, postgres.resetLinks),
  twin(sqlite.portalLinks, postgres.portalLinks),
  twin(sqlite.portalSessions, postgres.portalSessions),
  twin(sqlite.webhooks, postgres.webhooks),
  twin(sqlite.webhookQueue, postgres.webhookQueue),
  twin(sqlite.events, postgres.events),
  twin(sqlite.deliveries, postgres.deliveries),
  twin(sqlite.attempts, postgres.attempts),
  twin(sqlite.rollups, postgres.rollups),
  twin(sqlite.recoveries, postgres.recoveries, { translate: { lastChange: toSnapshot } }),
  // Whoever starts next finds that these are gone, and takes over what they had in flight.
  twin(sqlite.workers, postgres.workers),
  // The latest change here is what Postgres adds to its own numbers: they go on above all that were copied.
  twin(sqlite.sequences, postgres.sequences, {
    only: { sqlite: "name <> 'turn'", postgres: "name not in ('server', 'timeline')" },
  }),
];

/** Changes up to a number are those below the next, of which none is under way. */
function toSnapshot(lastChange: unknown): string {
  const next = Number(lastChange) + 1;
  return `${next}:${next}:`;
}

type Special = { translate?: Record<string, (stored: unknown) => Plain>; only?: Twin["only"] };

function twin(here: SQLiteTable, there: PgTable, { translate = {}, only }: Special = {}): Twin {
  const others = getTableColumns(there);
  const columns = Object.entries(getTableColumns(here)).map(([field, column]) => {
    const other = others[field];
    if (!other) throw new Error(`Postgres has no column for ${field}.`);
    const both = bothOf(column, other);
    return translate[field] ? { ...both, fromSqlite: translate[field] } : both;
  });
  const { name, columns: all, primaryKeys } = sqliteConfig(here);
  const keyColumns = primaryKeys[0]?.columns ?? all.filter(({ primary }) => primary);
  return {
    name,
    columns,
    key: keyColumns.map((column) => ({
      name: column.name,
      place: columns.findIndex((each) => each.name === column.name),
      isText: column.dataType === "string",
    })),
    isNumbered: postgresConfig(there).columns.some(({ generatedIdentity }) => generatedIdentity),
    only: only ?? { sqlite: "true", postgres: "true" },
  };
}

/** What is text in both, also where something is encoded in it, is the same text. */
function bothOf(here: Column, there: PgColumn): TwinColumn {
  const isText = here.getSQLType() === "text" && there.getSQLType() === "text";
  const read = (stored: unknown, by: (stored: unknown) => Plain) => (stored === null ? null : by(stored));
  return {
    name: there.name,
    postgresType: there.getSQLType(),
    fromSqlite: (stored) =>
      read(stored, (value) => (isText ? storableText(String(value)) : here.mapFromDriverValue(value))),
    fromPostgres: (stored) =>
      read(stored, (value) => (isText ? value : there.mapFromDriverValue(value as never))),
    toPostgres: (value) => read(value, (plain) => (isText ? plain : there.mapToDriverValue(plain as never))),
  };
}

export const keyOf = ({ key }: Twin, row: Row): Key => key.map(({ place }) => row[place] as number | string);
