import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type Database from "better-sqlite3";

/** What a look at the log did: pages that this thread moved into the database, and whether another moves more. */
export type Checkpoint = { pages: number; isElsewhere: boolean };

/** The log is moved from this many pages on (2 MiB; half of that in older files): small and often, since the caller waits for it. */
const fromPages = 256;
/** More than that, as after a reader that stood in the way for long, is moved by a thread that nobody waits for. */
const maxPages = 2_048;
/** A log of that many pages (128 MiB) is begun anew as soon as it can be; its file shrinks to nothing. */
const renewPages = 16_384;
/** How often commits look. */
const lookEveryMs = 250;

const thread = join(process.cwd(), "db/sqlite/connection/checkpoint-thread.mjs");

type State = { log: number; checkpointed: number };

/**
 * Moves the write-ahead log into the database, so that no commit ever has to: SQLite's own checkpoint is off,
 * because it moves everything there is inside of whoever commits next.
 */
export function checkpointsOf(sqlite: Database.Database) {
  let elsewhere: Promise<void> | null = null;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const run = (mode: "NOOP" | "PASSIVE" | "TRUNCATE") =>
    (sqlite.pragma(`wal_checkpoint(${mode})`) as State[])[0] as State;

  return {
    /** Moves no more than a moment's work here, and whatever is more elsewhere. */
    checkpoint,
    /** After a commit, which it must not fail: looks now and then. */
    afterCommit(): void {
      if (performance.now() - lookedAt < lookEveryMs) return;
      try {
        checkpoint();
      } catch {
        // A full disk, say. What was committed is safe; maintenance looks again, and says what is wrong.
      }
    },
    /** Resolves when no thread of this process is at work on the log. */
    async idle(): Promise<void> {
      await elsewhere;
    },
  };

  function checkpoint(): Checkpoint {
    lookedAt = performance.now();
    if (sqlite.memory || !sqlite.open || sqlite.inTransaction) return { pages: 0, isElsewhere: false };
    if (elsewhere) return { pages: 0, isElsewhere: true };
    const { log, checkpointed } = run("NOOP");
    const waiting = log - checkpointed;
    if (waiting > maxPages) {
      elsewhere = moveElsewhere(sqlite.name)
        .catch(() => void run("PASSIVE")) // without a thread it is done here, slow as that is
        .catch(() => {}) // for the next look
        .finally(() => {
          elsewhere = null;
        });
      return { pages: 0, isElsewhere: true };
    }
    if (log >= renewPages) renew();
    else if (waiting >= fromPages) run("PASSIVE");
    else return { pages: 0, isElsewhere: false };
    const after = run("NOOP");
    return { pages: waiting - (after.log - after.checkpointed), isElsewhere: false };
  }

  /** Only if nobody reads or writes at this moment: waiting for them would stop this process. */
  function renew(): void {
    const before = sqlite.pragma("busy_timeout", { simple: true }) as number;
    sqlite.pragma("busy_timeout = 0");
    run("TRUNCATE");
    sqlite.pragma(`busy_timeout = ${before}`);
  }
}

function moveElsewhere(file: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData: { file } });
    worker.on("error", reject);
    worker.on("exit", () => resolve());
  });
}
