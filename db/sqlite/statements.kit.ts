import { AsyncLocalStorage } from "node:async_hooks";
import type Database from "better-sqlite3";
import { type Open, runBy } from "../contract.kit";
import type { Store } from "../store";
import { connect } from "./connection/connection";
import { migrateDatabase } from "./connection/migrate";
import { sqliteStore } from "./store";

/** SQL that the store prepared, in one line, with the verbs that ran it and the values of one run; null when none did. */
export type Statement = { source: string; verbs: Set<string>; values: unknown[] | null };

/** Opens stores in memory, and keeps every statement that their connections prepare and every verb that is called. */
export function watchedStores() {
  const statements = new Map<string, Statement>();
  const verbs = new Set<string>();
  const called = new Set<string>();
  const calling = new AsyncLocalStorage<string>();

  const open: Open = async (clock) => {
    const connection = connect(":memory:", () => clock.now, runBy(clock));
    migrateDatabase(connection.sqlite);
    watch(connection.sqlite);
    const store = sqliteStore({
      ...connection,
      // It runs later, together with others' writes, and is still of the verb that asked for it.
      write: (body) => connection.write(AsyncLocalStorage.bind(body)),
    });
    return watchedStore(store);
  };

  return { open, statements, verbs, called };

  function watchedStore(store: Store): Store {
    const watched = Object.entries(store).map(([verb, run]) => {
      verbs.add(verb);
      return [
        verb,
        (...args: unknown[]) => {
          called.add(verb);
          return calling.run(verb, () => (run as (...args: unknown[]) => unknown)(...args));
        },
      ];
    });
    return Object.fromEntries(watched);
  }

  function watch(sqlite: Database.Database): void {
    const prepare = sqlite.prepare.bind(sqlite) as (source: string) => Database.Statement;
    sqlite.prepare = ((source: string) => {
      const line = source.replace(/\s+/g, " ");
      const known = statements.get(line) ?? { source: line, verbs: new Set(), values: null };
      statements.set(line, known);
      return watchedStatement(prepare(source), known);
    }) as typeof sqlite.prepare;
  }

  function watchedStatement(statement: Database.Statement, known: Statement): Database.Statement {
    for (const way of ["run", "get", "all"] as const) {
      const run = statement[way].bind(statement) as (...values: unknown[]) => never;
      statement[way] = (...values: unknown[]) => {
        known.verbs.add(calling.getStore() ?? "");
        known.values ??= values.flat();
        return run(...values);
      };
    }
    return statement;
  }
}
