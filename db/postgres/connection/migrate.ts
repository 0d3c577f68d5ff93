import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";

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

/** When the newest migration of this version was made, as the table of migrations says it. */
export function newestMigration(): number {
  const journal = JSON.parse(readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8"));
  return Math.max(...(journal as { entries: { when: number }[] }).entries.map(({ when }) => when));
}
