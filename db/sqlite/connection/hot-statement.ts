import type Database from "better-sqlite3";
import { Column, getTableColumns, is, Param, Placeholder, SQL, sql, Table } from "drizzle-orm";
import type { Connection } from "./connection";

type Query = { toSQL(): { sql: string; params: unknown[] } };
type Given = Record<string, unknown>;

/**
 * A write that happens for every delivery, prepared further than `prepare` does: drizzle finds out for each call
 * of what kind each parameter is, which takes longer than SQLite's own part. Here that is done once.
 */
export function hotStatement(
  { sqlite }: Pick<Connection, "sqlite">,
  query: Query,
): { run(given: Given): Database.RunResult } {
  const { sql: text, params } = query.toSQL();
  const statement = sqlite.prepare(withStablePlan(text));
  const bind = binderOf(params);
  return { run: (given) => statement.run(bind(given)) };
}

/** The same for a read: also what kind each column is, drizzle finds out anew for each row. */
export function hotSelect<Row>(
  { sqlite }: Pick<Connection, "sqlite">,
  query: Query & { _: { readonly selectedFields: object; readonly result: Row[] } },
): { get(given: Given): Row | undefined; all(given: Given): Row[] } {
  const { sql: text, params } = query.toSQL();
  const statement = sqlite.prepare<unknown[], unknown[]>(withStablePlan(text)).raw();
  const bind = binderOf(params);
  const read = rowReader(query._.selectedFields, { column: 0 }) as (values: unknown[]) => Row;
  return {
    get(given) {
      const values = statement.get(bind(given));
      return values && read(values);
    },
    all: (given) => statement.all(bind(given)).map(read),
  };
}

/**
 * SQLite plans by the value of a limit that is a parameter, and so prepares the statement anew on every call, which
 * takes many times what running it does. Of an expression it knows nothing.
 */
const withStablePlan = (text: string) => text.replaceAll(/\blimit \?/g, "limit ? + 0");

function binderOf(params: unknown[]): (given: Given) => unknown[] {
  const encoders = params.map(encoderOf);
  return (given) => encoders.map((encode) => encode(given));
}

function encoderOf(param: unknown): (given: Given) => unknown {
  if (is(param, Placeholder)) return (given) => given[param.name];
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder, value } = param;
  return (given) => {
    const own = given[value.name];
    return own === null ? null : encoder.mapToDriverValue(own);
  };
}

/**
 * A value that each run gives, written as its column writes it. For `set`, whose types take no placeholder; everywhere
 * else `sql.placeholder` is what drizzle takes.
 */
export const given = (name: string, column: Column): SQL => sql`${sql.param(sql.placeholder(name), column)}`;

type Reader = (values: unknown[]) => unknown;

/** Reads a row's values, which come in the order of the fields; `next` counts them. */
function rowReader(fields: object, next: { column: number }): Reader {
  const readers = Object.entries(fields).map(([name, field]) => [name, fieldReader(field, next)] as const);
  return (values) => {
    const row: Record<string, unknown> = {};
    for (const [name, read] of readers) row[name] = read(values);
    return row;
  };
}

function fieldReader(field: object, next: { column: number }): Reader {
  if (is(field, Table)) return rowReader(getTableColumns(field), next);
  if (!is(field, Column) && !is(field, SQL)) return rowReader(field, next);
  const column = next.column++;
  const decoder = is(field, Column) ? field : decoderOf(field);
  return (values) => {
    const value = values[column];
    return value === null ? null : decoder.mapFromDriverValue(value);
  };
}

/** Drizzle keeps to itself what `mapWith` was given: the test beside this fails when it is no longer there. */
const decoderOf = (field: SQL) =>
  (field as unknown as { decoder: { mapFromDriverValue(value: unknown): unknown } }).decoder;
