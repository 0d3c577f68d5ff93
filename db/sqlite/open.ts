import type { Opened, StoreHabits } from "../opened";
import { connect } from "./connection/connection";
import { databaseFile } from "./connection/database-file";
import { assertSchema, migrateDatabase } from "./connection/migrate";
import { sqliteStore } from "./store";

/** Opens the store in the file of a folder, or an empty one in memory. */
export function openSqlite({
  dataDir,
  clock = Date.now,
  ...options
}: StoreHabits & { dataDir: string }): Opened {
  const file = dataDir === ":memory:" ? dataDir : databaseFile(dataDir);
  const connection = connect(file, clock, options);
  if (file === ":memory:") migrateDatabase(connection.sqlite);
  assertSchema(connection.sqlite);
  return {
    store: sqliteStore(connection),
    openAuthAdapter: async () => (await import("./access/auth-adapter")).openAuthAdapter(connection),
    commits: "told",
    keyMark: null,
  };
}
