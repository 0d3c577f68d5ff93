import { type Column, getTableColumns } from "drizzle-orm";
import { type PgColumn, type PgTable, getTableConfig as postgresConfig } from "drizzle-orm/pg-core";
import { type SQLiteTable, getTableConfig as sqliteConfig } from "drizzle-orm/sqlite-core";
import { storableText } from "../postgres/connection/text";
import * as postgresAuth from "../postgres/schema/auth-tables";
import { dayMs } from "../postgres/schema/day";
import * as postgres from "../postgres/schema/tables";
import * as sqliteAuth from "../sqlite/schema/auth-tables";
import * as sqlite from "../sqlite/schema/tables";

/** Some names are words of SQL. */
export const quoted = (name: string) => `"${name}"`;

/** As Postgres has it of an event. */
const dayOfEvent = `e.created_at / ${dayMs}`;

/** A value as both stores read it. */
export type Plain = unknown;
export type Row = Plain[];
/** The primary key of a row: numbers and texts. */
export type Key = (number | string)[];

/** A table on Postgres, and where its rows are on SQLite. */
export type Twin = {
  name: string;
  from: string;
  columns: TwinColumn[];
  /** The columns that order its rows, of which no two are alike. */
  key: { name: string; sqlite: string; place: number; isText: boolean }[];
  /** Whether Postgres numbers its rows by itself. */
  isNumbered: boolean;
  /** Which rows of each are of the installation, and not of that store alone. */
  only: { sqlite: string; postgres: string };
};

export type TwinColumn = {
  name: string;
  /** What it is there, in the words of SQLite. */
  sqlite: string;
  postgresType: string;
  fromSqlite(stored: unknown): Plain;
  fromPostgres(stored: unknown): Plain;
  toPostgres(value: Plain): unknown;
};

/** All tables, each after those that it refers to, but for the search index: workers make it anew. */
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
  twin(sqlite.auditLog, postgres.auditLog),
  twin(sqlite.platformSessions, postgres.platformSessions),
  twin(sqlite.webhooks, postgres.webhooks),
  twin(sqlite.webhookCreations, postgres.webhookCreations),
  twin(sqlite.webhookQueue, postgres.webhookQueue),
  twin(sqlite.formerWebhooks, postgres.formerWebhooks),
  twin(sqlite.events, postgres.events, { without: ["payload"] }),
  twinOfPayloads(),
  twin(sqlite.deliveries, postgres.deliveries, {
    more: [
      dayColumn(postgres.deliveries.day, `(select ${dayOfEvent} from events e where e.key = event_key)`),
    ],
  }),
  twin(sqlite.attempts, postgres.attempts, {
    without: ["key"],
    more: [
      dayColumn(
        postgres.attempts.day,
        `(select ${dayOfEvent} from deliveries d join events e on e.key = d.event_key where d.key = delivery_key)`,
      ),
    ],
    key: [sqlite.attempts.deliveryKey, sqlite.attempts.number],
  }),
  twin(sqlite.rollups, postgres.rollups),
  twin(sqlite.incidents, postgres.incidents),
  twin(sqlite.marks, postgres.marks),
  twin(sqlite.notices, postgres.notices),
  twin(sqlite.noticeChoices, postgres.noticeChoices),
  twin(sqlite.recoveries, postgres.recoveries, { translate: { lastChange: toSnapshot } }),
  twin(sqlite.deliveryPause, postgres.deliveryPause),
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

type Special = {
  translate?: Record<string, (stored: unknown) => Plain>;
  /** Columns that SQLite alone has. */
  without?: string[];
  more?: TwinColumn[];
  key?: Column[];
  only?: Twin["only"];
};

function twin(here: SQLiteTable, there: PgTable, special: Special = {}): Twin {
  const { translate = {}, without = [], more = [], only } = special;
  const others = getTableColumns(there);
  const shared = Object.entries(getTableColumns(here)).filter(([field]) => !without.includes(field));
  const same = shared.map(([field, column]) => {
    const other = others[field];
    if (!other) throw new Error(`Postgres has no column for ${field}.`);
    const both = bothOf(column, other);
    return translate[field] ? { ...both, fromSqlite: translate[field] } : both;
  });
  const columns = [...same, ...more];
  const { name, columns: all, primaryKeys } = sqliteConfig(here);
  const keyColumns = special.key ?? primaryKeys[0]?.columns ?? all.filter(({ primary }) => primary);
  return {
    name,
    from: name,
    columns,
    key: keyColumns.map((column) => ({
      name: column.name,
      sqlite: quoted(column.name),
      place: columns.findIndex((each) => each.name === column.name),
      isText: column.dataType === "string",
    })),
    isNumbered: postgresConfig(there).columns.some(({ generatedIdentity }) => generatedIdentity),
    only: only ?? { sqlite: "true", postgres: "true" },
  };
}

/** They are with their events on SQLite. */
function twinOfPayloads(): Twin {
  const { day, eventKey, payload } = postgres.payloads;
  return {
    name: "payloads",
    from: "events",
    columns: [
      dayColumn(day, `created_at / ${dayMs}`),
      { ...bothOf(sqlite.events.key, eventKey), sqlite: "key" },
      bothOf(sqlite.events.payload, payload),
    ],
    key: [{ name: "event_key", sqlite: "key", place: 1, isText: false }],
    isNumbered: false,
    only: { sqlite: "true", postgres: "true" },
  };
}

function dayColumn(column: PgColumn, sqlite: string): TwinColumn {
  const { name } = column;
  const asItIs = (value: unknown) => value;
  return {
    name,
    sqlite,
    postgresType: column.getSQLType(),
    fromSqlite: asItIs,
    fromPostgres: asItIs,
    toPostgres: asItIs,
  };
}

/** What is text in both, also where something is encoded in it, is the same text. */
function bothOf(here: Column, there: PgColumn): TwinColumn {
  const isText = here.getSQLType() === "text" && there.getSQLType() === "text";
  const read = (stored: unknown, by: (stored: unknown) => Plain) => (stored === null ? null : by(stored));
  return {
    name: there.name,
    sqlite: quoted(here.name),
    postgresType: there.getSQLType(),
    fromSqlite: (stored) =>
      read(stored, (value) => (isText ? storableText(String(value)) : here.mapFromDriverValue(value))),
    fromPostgres: (stored) =>
      read(stored, (value) => (isText ? value : there.mapFromDriverValue(value as never))),
    toPostgres: (value) => read(value, (plain) => (isText ? plain : there.mapToDriverValue(plain as never))),
  };
}

export const keyOf = ({ key }: Twin, row: Row): Key => key.map(({ place }) => row[place] as number | string);
