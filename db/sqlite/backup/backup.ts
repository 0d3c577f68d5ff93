import { linkSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Database from "better-sqlite3";
import { syncFolder } from "../connection/sync-folder";

/** More than a database can have: all of it in one step, which sees one moment of it. */
const allPages = 0x7fffffff;
/**
 * So far ahead of the original's go on the copy's change numbers: whoever followed the original past the moment of the
 * copy then sees what changes in the copy, whose numbers would be behind them otherwise.
 */
const changesAhead = 1_000_000_000;

/**
 * Copies a database that others may write to into a file that is not there yet, durably and whole or not at all.
 * Answers its size in bytes. Writers are not held up; the log grows until it is done. Throws when the file cannot be
 * made, or is no sound database.
 */
export async function backUpFile(from: string, to: string): Promise<number> {
  const draft = `${to}.${process.pid}`;
  try {
    await copy(from, draft);
    finish(draft);
    linkSync(draft, to); // not over a file that has come meanwhile
  } finally {
    for (const part of ["", "-journal", "-wal", "-shm"]) rmSync(`${draft}${part}`, { force: true });
  }
  syncFolder(dirname(to));
  return statSync(to).size;
}

async function copy(from: string, to: string): Promise<void> {
  const sqlite = new Database(from, { readonly: true, fileMustExist: true });
  try {
    await sqlite.backup(to, { progress: () => allPages });
  } finally {
    sqlite.close();
  }
}

/** Makes one file of it, without a log beside it, and looks whether all of it can be read. */
function finish(file: string): void {
  const sqlite = new Database(file, { fileMustExist: true });
  try {
    sqlite.pragma("journal_mode = DELETE");
    sqlite.pragma("synchronous = FULL");
    sqlite.prepare(goAhead).run(changesAhead);
    const [problem] = sqlite.pragma("quick_check(1)") as { quick_check: string }[];
    if (problem?.quick_check !== "ok") throw new Error(`the database is damaged: ${problem?.quick_check}`);
  } finally {
    sqlite.close();
  }
}

const goAhead = `insert into counters (name, value) values ('change', ?)
  on conflict (name) do update set value = value + excluded.value`;
