import type { Opened, StoreHabits } from "../opened";
import { type Connection, type ConnectOptions, connect } from "./connection/connection";
import { databaseFile } from "./connection/database-file";
import { assertSchema, migrateDatabase } from "./connection/migrate";
import { assertNotMoved } from "./connection/moved";
import { refusalOfLock } from "./connection/open-alone";
import { sqliteStore } from "./store";

/** Opens the store in the file of a folder, or an empty one in memory. */
export function openSqlite({
  dataDir,
  clock = Date.now,
  ...options
}: StoreHabits & { dataDir: string }): Opened {
  const connection =
    dataDir === ":memory:" ? connect(dataDir, clock, options) : enter(dataDir, clock, options);
  if (dataDir === ":memory:") migrateDatabase(connection.sqlite);
  assertSchema(connection.sqlite);
  return {
    store: sqliteStore(connection),
    openAuthAdapter: async () => (await import("./access/auth-adapter")).openAuthAdapter(connection),
    commits: "told",
    keyMark: null,
    replica: null,
  };
}

function enter(dataDir: string, clock: () => number, options: ConnectOptions): Connection {
  assertNotMoved(dataDir);
  try {
    return connect(databaseFile(dataDir), clock, options);
  } catch (error) {
    throw refusalOfLock(error) ?? error;
  }
}
