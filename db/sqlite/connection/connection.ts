import Database from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import type { ClockDoubt } from "../../store";
import * as schema from "../schema/tables";
import { checkpointsOf } from "./checkpoints";
import { createCommitGroup } from "./commit-group";

/** One process's way into a SQLite database. Reads are synchronous; writes share commits. */
export type Connection = {
  db: BetterSQLite3Database<typeof schema>;
  sqlite: Database.Database;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Milliseconds that only ever grow, whatever happens to the clock. */
  elapsed: () => number;
  /** Hears when the clock is doubted, and with null when it is believed again. */
  onDoubt: (doubt: ClockDoubt | null) => void;
  /**
   * Runs `body` (synchronous) inside a write transaction that it shares with other callers of the moment.
   * Resolves after the durable commit; what `body` throws undoes only its own part.
   */
  write<T>(body: () => T): Promise<T>;
  /** Calls back soon after any commit, this connection's or another's. Returns how to stop. */
  onChange(listener: () => void): () => void;
  checkpoints: ReturnType<typeof checkpointsOf>;
  close(): Promise<void>;
};

/** The WAL-reset bug of older versions can lose committed pages. */
const oldestSqlite = "3.51.3";
/** How soon another process's commit is seen. The check itself takes microseconds. */
const watchMs = 5;
/** Blocks the event loop while it waits, hence short; `write` retries without blocking. */
const busyTimeoutMs = 50;
/** What is left of the log's file when it begins anew. */
const logBytes = 64 * 1024 * 1024;

export type ConnectOptions = Partial<Pick<Connection, "elapsed" | "onDoubt">>;

export function connect(file: string, clock: () => number, options: ConnectOptions = {}): Connection {
  const sqlite = new Database(file);
  assertVersion(sqlite);
  sqlite.pragma("journal_mode = WAL");
  sqlite.pragma("synchronous = FULL");
  sqlite.pragma("foreign_keys = ON");
  sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`);
  sqlite.pragma("wal_autocheckpoint = 0"); // see checkpoints.ts
  sqlite.pragma(`journal_size_limit = ${logBytes}`);
  sqlite.pragma("cache_size = -16000");
  sqlite.pragma("temp_store = MEMORY"); // what a savepoint or statement may have to undo, which is little
  const changes = watchChanges(sqlite);
  const checkpoints = checkpointsOf(sqlite);
  const group = createCommitGroup(sqlite, () => {
    changes.notify();
    checkpoints.afterCommit();
  });
  return {
    db: drizzle(sqlite, { schema }),
    sqlite,
    clock,
    elapsed: options.elapsed ?? (() => performance.now()),
    onDoubt: options.onDoubt ?? (() => {}),
    write: group.write,
    onChange: changes.onChange,
    checkpoints,
    async close() {
      await group.idle();
      await checkpoints.idle();
      changes.stop();
      sqlite.close();
    },
  };
}

function assertVersion(sqlite: Database.Database): void {
  const version = sqlite.prepare("select sqlite_version()").pluck().get() as string;
  if (version.localeCompare(oldestSqlite, "en", { numeric: true }) < 0) {
    sqlite.close();
    throw new Error(`SQLite ${version} is too old: ${oldestSqlite} or newer is needed. Run npm ci.`);
  }
}

/** `data_version` sees only other connections' commits; this connection's own are told by the commit group. */
function watchChanges(sqlite: Database.Database) {
  const listeners = new Set<() => void>();
  const version = sqlite.prepare("pragma data_version").pluck();
  let seen = version.get();
  let timer: NodeJS.Timeout | undefined;
  const notify = () => {
    for (const listener of listeners) listener();
  };
  const look = () => {
    const current = version.get();
    if (current === seen) return;
    seen = current;
    notify();
  };
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    notify,
    stop,
    onChange(listener: () => void) {
      listeners.add(listener);
      timer ??= setInterval(look, watchMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop();
      };
    },
  };
}
