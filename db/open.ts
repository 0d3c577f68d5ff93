import type { AuthAdapter } from "./sqlite/access/auth-adapter";
import { type ConnectOptions, connect } from "./sqlite/connection/connection";
import { assertSchema, databaseFile, migrateDatabase, migrateFile } from "./sqlite/connection/migrate";
import { sqliteStore } from "./sqlite/store";
import type { Store } from "./store";

export { SchemaError } from "./schema-error";
export type { AuthAdapter };

export type StoreOptions = {
  /** The folder of the SQLite file, or `:memory:` for a store that ends with the process. */
  dataDir: string;
  /** Epoch milliseconds. */
  clock: () => number;
} & ConnectOptions;

/** Brings the store to this version's schema, under a lock. Safe to call from several processes at once. */
export function migrateStore(options: Pick<StoreOptions, "dataDir">): void {
  migrateFile(options.dataDir);
}

/** Opens a migrated store. Throws SchemaError when the schema is not this version's. */
export function openStore({ dataDir, clock, ...options }: StoreOptions): {
  store: Store;
  /** Loaded when it is asked for: a worker never asks, and better-auth is much to load. */
  openAuthAdapter: () => Promise<AuthAdapter>;
} {
  const file = dataDir === ":memory:" ? dataDir : databaseFile(dataDir);
  const connection = connect(file, clock, options);
  if (file === ":memory:") migrateDatabase(connection.sqlite);
  assertSchema(connection.sqlite);
  return {
    store: sqliteStore(connection),
    openAuthAdapter: async () => (await import("./sqlite/access/auth-adapter")).openAuthAdapter(connection),
  };
}
