import type Database from "better-sqlite3";

/** Callers within this time share a commit, and so one flush to disk, unless the last commit was one caller's alone. */
const gatherMs = 2;
/** A write transaction keeps other processes out no longer than this. */
const maxTransactionMs = 10;
/** How long callers wait for another process's transaction before they get an error. */
const maxBusyMs = 10_000;

type Job = { run: () => unknown; resolve: (value: unknown) => void; reject: (error: unknown) => void };
type Settle = () => void;

/**
 * Gathers synchronous writes into shared `BEGIN IMMEDIATE … COMMIT` transactions. Each caller after the first has a
 * savepoint, for which SQLite copies every page that is about to change.
 */
export function createCommitGroup(sqlite: Database.Database, afterCommit: () => void) {
  const begin = sqlite.prepare("begin immediate");
  const commit = sqlite.prepare("commit");
  const rollback = sqlite.prepare("rollback");
  const savepoint = sqlite.prepare("savepoint caller");
  const release = sqlite.prepare("release caller");
  const undo = sqlite.prepare("rollback to caller");
  const changeCount = sqlite.prepare("select total_changes()").pluck();

  let waiting: Job[] = [];
  let isScheduled = false;
  let wasShared = false;
  let busySince: number | null = null;
  let whenIdle: (() => void)[] = [];

  /** Not in the timer itself: a busy process hears the network between two commits, and has more to share. */
  function schedule(delayMs: number): void {
    isScheduled = true;
    if (delayMs === 0) setImmediate(flush);
    else setTimeout(() => setImmediate(flush), delayMs);
  }

  function flush(): void {
    isScheduled = false;
    if (!sqlite.open) failAll(new Error("The store is closed."));
    else if (tryBegin()) runTogether();
  }

  function runTogether(): void {
    const jobs = waiting;
    const before = changeCount.get();
    const startedAt = performance.now();
    const settles: Settle[] = [];
    let isChanged = false;
    try {
      for (const job of jobs) {
        if (settles.length > 0 && performance.now() - startedAt > maxTransactionMs) break;
        settles.push(settles.length === 0 ? runFirst(job) : runInSavepoint(job));
        if (!sqlite.inTransaction) break;
      }
      if (sqlite.inTransaction) {
        commit.run();
        isChanged = changeCount.get() !== before;
      }
    } catch (error) {
      // A full disk or a failed flush undoes the whole transaction, and with it every caller's part.
      if (sqlite.inTransaction) rollback.run();
      failAll(error);
      return;
    }
    waiting = jobs.slice(settles.length);
    wasShared = jobs.length > 1;
    for (const settle of settles) settle();
    if (isChanged) afterCommit();
    finish();
  }

  /** False when another process is writing: tried again a little later, without blocking. */
  function tryBegin(): boolean {
    try {
      begin.run();
      busySince = null;
      return true;
    } catch (error) {
      busySince ??= performance.now();
      if (isBusy(error) && performance.now() - busySince < maxBusyMs) schedule(1 + Math.random() * 10);
      else failAll(error);
      return false;
    }
  }

  /** What it throws undoes the transaction, in which there is nothing else yet: the others get the next one. */
  function runFirst(job: Job): Settle {
    try {
      const value = job.run();
      return () => job.resolve(value);
    } catch (error) {
      if (sqlite.inTransaction) rollback.run();
      return () => job.reject(error);
    }
  }

  function runInSavepoint(job: Job): Settle {
    savepoint.run();
    try {
      const value = job.run();
      release.run();
      return () => job.resolve(value);
    } catch (error) {
      if (!sqlite.inTransaction) throw error;
      undo.run();
      release.run();
      return () => job.reject(error);
    }
  }

  function failAll(error: unknown): void {
    busySince = null;
    const jobs = waiting;
    waiting = [];
    for (const job of jobs) job.reject(error);
    finish();
  }

  function finish(): void {
    if (waiting.length > 0 && !isScheduled) schedule(0);
    if (isScheduled) return;
    for (const done of whenIdle) done();
    whenIdle = [];
  }

  return {
    write<T>(run: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        waiting.push({ run, resolve: resolve as (value: unknown) => void, reject });
        if (!isScheduled) schedule(wasShared ? gatherMs : 0);
      });
    },
    /** Resolves when nothing waits to be written. */
    idle(): Promise<void> {
      if (waiting.length === 0 && !isScheduled) return Promise.resolve();
      return new Promise((resolve) => whenIdle.push(resolve));
    },
  };
}

export function isBusy(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  return code?.startsWith("SQLITE_BUSY") === true;
}
