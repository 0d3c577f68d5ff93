import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { StoreError } from "../../store-error";
import { databaseFile } from "./database-file";
import { assertNotMoved } from "./moved";
import { refusalOfLock } from "./open-alone";

const migrationsFolder = join(process.cwd(), "db/sqlite/migrations");
/** How long a second start waits for the first one's migrations. */
const lockWaitMs = 60_000;

/** Brings a database file to this version's schema. One process at a time, across the machine. */
export function migrateFile(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  assertNotMoved(dataDir);
  const lock = new Database(join(dataDir, "migrate.lock"), { timeout: lockWaitMs });
  try {
    // Drizzle's migrator reads what was applied before it begins, so two of them would race.
    lock.exec("begin exclusive");
    const sqlite = new Database(databaseFile(dataDir));
    try {
      migrateDatabase(sqlite);
    } catch (error) {
      throw isDamaged(error)
        ? new StoreError(damaged(databaseFile(dataDir)))
        : (refusalOfLock(error) ?? error);
    } finally {
      sqlite.close();
    }
  } finally {
    lock.close();
  }
}

const isDamaged = (error: unknown) =>
  /^SQLITE_(NOTADB|CORRUPT)/.test((error as { code?: string }).code ?? "");
const damaged = (file: string) =>
  `${file} is no SQLite database, or it is damaged. Put a backup in its place, or move it away to begin anew.`;

/** Applies what is missing. Refuses, and changes nothing, when the database is newer than this version. */
export function migrateDatabase(sqlite: Database.Database): void {
  if (appliedUntil(sqlite) > newestMigration()) throw newerSchema();
  if (appliedUntil(sqlite) === newestMigration()) return;
  // Both take effect only before the first table. An event of 1 KB leaves a quarter of SQLite's usual page empty.
  sqlite.pragma("page_size = 8192");
  sqlite.pragma("auto_vacuum = INCREMENTAL");
  // A table rebuild inside a migration would cascade; the pragma does nothing inside its transaction.
  sqlite.pragma("foreign_keys = OFF");
  migrate(drizzle(sqlite), { migrationsFolder });
  const violations = sqlite.pragma("foreign_key_check") as unknown[];
  if (violations.length > 0) {
    throw new StoreError(`The migration left ${violations.length} rows without their parents.`);
  }
  sqlite.pragma("foreign_keys = ON");
}

/** Throws a StoreError unless the database has exactly this version's schema. */
export function assertSchema(sqlite: Database.Database): void {
  const applied = appliedUntil(sqlite);
  if (applied > newestMigration()) throw newerSchema();
  if (applied < newestMigration()) {
    throw new StoreError("The database is not migrated to this version. Run npm start once.");
  }
}

function appliedUntil(sqlite: Database.Database): number {
  const table = sqlite
    .prepare("select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
    .get();
  if (!table) return 0;
  return (sqlite.prepare("select max(created_at) from __drizzle_migrations").pluck().get() as number) ?? 0;
}

let newest: number | undefined;
function newestMigration(): number {
  if (newest === undefined) {
    const file = join(migrationsFolder, "meta/_journal.json");
    if (!existsSync(file)) throw new StoreError(`No migrations at ${file}: start from the project's folder.`);
    const journal = JSON.parse(readFileSync(file, "utf8")) as { entries: { when: number }[] };
    newest = Math.max(...journal.entries.map(({ when }) => when));
  }
  return newest;
}

const newerSchema = () =>
  new StoreError("The database was made by a newer version of Fanfare. Start that version, or a newer one.");
