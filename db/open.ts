import type { Opened, StoreOptions, StorePlace } from "./opened";

export type { AuthAdapter, Opened, StoreOptions, StorePlace } from "./opened";
export { StoreError } from "./store-error";

/*
 * Each store is loaded only by who uses it: a process with Postgres knows nothing of SQLite, and the other way round.
 */

/** Brings the store to this version's schema, under a lock. Safe to call from several processes at once. */
export async function migrateStore({ dataDir, databaseUrl, databaseDirectUrl }: StorePlace): Promise<void> {
  if (databaseUrl) {
    const { migratePostgres } = await import("./postgres/open");
    return migratePostgres({ databaseUrl, databaseDirectUrl });
  }
  const { migrateFile } = await import("./sqlite/connection/migrate");
  migrateFile(dataDir);
}

/** Opens a migrated store. Throws a StoreError when it cannot be used, or its schema is not this version's. */
export async function openStore({ databaseUrl, ...options }: StoreOptions): Promise<Opened> {
  if (databaseUrl) {
    const { openPostgres } = await import("./postgres/open");
    return openPostgres({ databaseUrl, ...options });
  }
  const { openSqlite } = await import("./sqlite/open");
  return openSqlite(options);
}
