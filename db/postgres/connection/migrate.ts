import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import { SchemaError } from "../../schema-error";
import type { Database } from "./connection";
import { onlyOne } from "./rows";

const migrationsFolder = join(process.cwd(), "db/postgres/migrations");
const migrationsSchema = "public";
/** Any number that nobody else takes for this: two starts at once migrate one after the other. */
const lockNumber = 4_615_227_001;

/** Brings a database to this version's schema. `url` reaches the server itself, since the lock is a session's. */
export async function migrateDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "fanfare migrator" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockNumber]);
    await migrate(drizzle(client), { migrationsFolder, migrationsSchema });
  } finally {
    await client.end();
  }
}

/** Throws a SchemaError unless the database has exactly this version's schema. */
export async function assertSchema(db: Database): Promise<void> {
  const applied = await appliedUntil(db);
  if (applied > newestMigration())
    throw new SchemaError(
      "The database was made by a newer version of Fanfare. Start that version, or a newer one.",
    );
  if (applied < newestMigration())
    throw new SchemaError("The database is not migrated to this version. Run npm start once.");
}

async function appliedUntil(db: Database): Promise<number> {
  const { rows: tables } = await db.execute(
    sql`select where to_regclass('__drizzle_migrations') is not null`,
  );
  if (tables.length === 0) return 0;
  const { rows } = await db.execute<{ at: string | null }>(
    sql`select max(created_at) as at from __drizzle_migrations`,
  );
  return Number(onlyOne(rows).at ?? 0);
}

let newest: number | undefined;
function newestMigration(): number {
  if (newest === undefined) {
    const journal = JSON.parse(readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8"));
    newest = Math.max(...(journal as { entries: { when: number }[] }).entries.map(({ when }) => when));
  }
  return newest;
}
