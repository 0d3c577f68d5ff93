import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import Database from "better-sqlite3";

// A process of its own that moves the log into the database all the time, to be killed in the middle of it.
process.on("disconnect", () => process.exit());
const sqlite = new Database(join(process.argv[2] ?? "", "fanfare.sqlite"), { timeout: 1_000 });
for (;;) {
  sqlite.pragma("wal_checkpoint(TRUNCATE)");
  await pause(20);
}
