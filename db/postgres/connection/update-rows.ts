import { getTableColumns, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";
import type { Database } from "./connection";

/** A table whose rows have a key. */
type Keyed = PgTable & { key: PgColumn };

/** Writes the same columns of many rows, each found by its key, in one statement. They are of no encoded type. */
export async function updateRows<Table extends Keyed>(
  db: Database,
  table: Table,
  rows: (Partial<Table["$inferSelect"]> & { key: number })[],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.entries(getTableColumns(table)).filter(([field]) => field in first);
  const given = columns.map(
    ([field, column]) => sql`${sql.identifier(field)} ${sql.raw(column.getSQLType())}`,
  );
  const set = columns
    .filter(([field]) => field !== "key")
    .map(([field, { name }]) => sql`${sql.identifier(name)} = given.${sql.identifier(field)}`);
  await db.execute(sql`
    update ${table} set ${sql.join(set, sql`, `)}
    from json_to_recordset(${JSON.stringify(rows)}::json) as given(${sql.join(given, sql`, `)})
    where ${table.key} = given.key`);
}
