import { join } from "node:path";
import Database from "better-sqlite3";

/** Later than any migration of ours. */
const farAhead = Date.UTC(2100, 0, 1);

/** Leaves in a database what the first migration of a newer version would, and nothing else; answers how to undo it. */
export function migrateAhead(dataDir: string): () => void {
  run("insert into __drizzle_migrations (hash, created_at) values ('of a newer version', ?)");
  return () => run("delete from __drizzle_migrations where created_at = ?");

  function run(statement: string): void {
    const sqlite = new Database(join(dataDir, "fanfare.sqlite"));
    sqlite.prepare(statement).run(farAhead);
    sqlite.close();
  }
}
