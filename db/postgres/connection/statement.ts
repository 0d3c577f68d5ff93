import { type Column, fillPlaceholders, type GetColumnData, type SQL, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import pg from "pg";
import type { Database } from "./connection";

const dialect = new PgDialect();
const int8 = 20;
/** None of our numbers is beyond what a number holds. */
const types = {
  getTypeParser: (type: number, format?: "text" | "binary") =>
    type === int8 ? Number : pg.types.getTypeParser(type, format as "text"),
} as pg.CustomTypesConfig;

/**
 * A statement whose text is the same whatever it is given, for what is run all the time: built once, and prepared where
 * no pooler is in between (see hot-client). Takes the values of its `sql.placeholder`s by their names.
 */
export function statement<Row extends object = object>(
  query: SQL,
): (db: Database, values: Record<string, unknown>) => Promise<Row[]> {
  const { sql: text, params } = dialect.sqlToQuery(query);
  return async (db, values) => {
    const given = fillPlaceholders(params, values);
    const { rows } = await db.$client.query<Row>({ text, values: given, types });
    return rows;
  };
}

type Columns = Record<string, Column>;
export type RowOf<Listed extends Columns> = { [Name in keyof Listed]: GetColumnData<Listed[Name]> };

/** Columns of plain types as a select list, under the names that they have here. */
export const listOf = (columns: Columns): SQL =>
  sql.join(
    Object.entries(columns).map(([name, column]) => sql`${column} as ${sql.identifier(name)}`),
    sql`, `,
  );
