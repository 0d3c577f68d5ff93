import type Database from "better-sqlite3";
import { is, Param, Placeholder } from "drizzle-orm";
import type { Connection } from "./connection";

type Given = Record<string, unknown>;
type Encode = (given: Given) => unknown;

/**
 * A write that happens for every delivery, prepared further than `prepare` does: drizzle finds out for each call
 * of what kind each parameter is, which takes longer than SQLite's own part. Here that is done once.
 */
export function hotStatement(
  { sqlite }: Pick<Connection, "sqlite">,
  query: { toSQL(): { sql: string; params: unknown[] } },
): { run(given: Given): Database.RunResult } {
  const { sql, params } = query.toSQL();
  const statement = sqlite.prepare(sql);
  const encoders = params.map(encoderOf);
  return { run: (given) => statement.run(encoders.map((encode) => encode(given))) };
}

function encoderOf(param: unknown): Encode {
  if (is(param, Placeholder)) return (given) => given[param.name];
  if (!is(param, Param) || !is(param.value, Placeholder)) return () => param;
  const { encoder, value } = param;
  return (given) => encoder.mapToDriverValue(given[value.name]);
}
