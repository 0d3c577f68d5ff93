import Database from "better-sqlite3";
import { type Point, pass } from "./orders";

/** Statements after which a transaction is half-done. */
const halfDone: [statement: RegExp, point: Point][] = [
  [/^update "deliveries" set .*"lease" = "deliveries"."lease" \+ 1.*"leased_by" = \?/, "mid claim"],
  [/^insert into "deliveries"/, "mid fan-out"],
  [/^insert into "attempts"/, "mid record"],
  [/^update "recoveries"/, "mid recovery"],
  [/^delete from "deliveries"/, "mid retention"],
  [/^update "webhooks" set "secret"/, "mid rotation"],
  [/^CREATE /, "mid migration"],
];

type Run = (...given: unknown[]) => unknown;

/** Makes every connection of this process pass the points inside and around its transactions. */
export function wrapDatabase(): void {
  const { prepare, pragma } = Database.prototype;
  Database.prototype.prepare = function (this: Database.Database, sql: string) {
    const statement = prepare.call(this, sql);
    if (sql === "commit")
      return around(
        statement,
        () => pass("before commit"),
        () => pass("after commit"),
      );
    const [, point] = halfDone.find(([pattern]) => pattern.test(sql.trim())) ?? [];
    return point
      ? around(
          statement,
          () => {},
          () => pass(point),
        )
      : statement;
  } as typeof prepare;
  Database.prototype.pragma = function (this: Database.Database, source, options) {
    const isCheckpoint = source.startsWith("wal_checkpoint");
    if (isCheckpoint) pass("mid checkpoint");
    const result = pragma.call(this, source, options);
    if (isCheckpoint) pass("mid checkpoint");
    return result;
  };
}

function around(statement: Database.Statement, before: () => void, after: () => void): Database.Statement {
  for (const name of ["run", "get", "all"] as const) {
    const original = statement[name].bind(statement) as Run;
    const wrapped: Run = (...given) => {
      before();
      const result = original(...given);
      after();
      return result;
    };
    Object.assign(statement, { [name]: wrapped });
  }
  return statement;
}
