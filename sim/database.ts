import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, connect } from "@/db/sqlite/connection/connection";
import { databaseFile } from "@/db/sqlite/connection/database-file";
import { migrateDatabase, migrateFile } from "@/db/sqlite/connection/migrate";

/** The connections of the web process and of the workers, to one database. */
export type Database = {
  web: Connection;
  worker: Connection;
  /** Keeps every writer out until the answer is called; null in memory, where one connection serves all. */
  lock: (() => () => void) | null;
  close(): void;
};

/** In memory: web and workers share the connection. */
export function openInMemory(clock: () => number): Database {
  const connection = connect(":memory:", clock);
  migrateDatabase(connection.sqlite);
  return { web: connection, worker: connection, lock: null, close: () => connection.sqlite.close() };
}

/** On a file: two connections, as two processes have, and a third that can keep them out. */
export function openOnFile(clock: () => number): Database {
  const folder = newFolder();
  copyFileSync(databaseFile(template()), databaseFile(folder));
  const [web, worker, stranger] = [1, 2, 3].map(() => connect(databaseFile(folder), clock)) as [
    Connection,
    Connection,
    Connection,
  ];
  const all = [web, worker, stranger];
  // The wait would block this thread, in which the lock's holder lives too.
  for (const { sqlite } of all) sqlite.pragma("busy_timeout = 0");
  return {
    web,
    worker,
    lock() {
      if (!stranger.sqlite.inTransaction) stranger.sqlite.exec("begin immediate");
      return () => stranger.sqlite.inTransaction && stranger.sqlite.exec("rollback");
    },
    close() {
      for (const { sqlite } of all) sqlite.close();
      rmSync(folder, { recursive: true });
    },
  };
}

let migrated: string | undefined;

/** A migrated, empty database: made once, copied often. */
function template(): string {
  if (migrated === undefined) {
    migrated = newFolder();
    migrateFile(migrated);
    const folder = migrated;
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  }
  return migrated;
}

/** In memory where the system offers it: a history flushes thousands of times. */
const newFolder = () => mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "fanfare-sim-"));
