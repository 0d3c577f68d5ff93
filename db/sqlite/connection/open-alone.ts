import Database from "better-sqlite3";
import { StoreError } from "../../store-error";
import { isBusy } from "./commit-group";

/**
 * Opens a database file that nobody else has open, and keeps everybody else out until it is closed, or this process is
 * gone. Throws a StoreError when somebody has: each connection to a log keeps a lock, also while it rests.
 */
export function openAlone(file: string): Database.Database {
  const sqlite = new Database(file, { fileMustExist: true, timeout: 1_000 });
  try {
    sqlite.pragma("locking_mode = EXCLUSIVE");
    sqlite.exec("begin exclusive; commit"); // kept, in this mode
    return sqlite;
  } catch (error) {
    sqlite.close();
    if (!isBusy(error)) throw error;
    throw new StoreError(
      `Fanfare, or a command about its data, still has ${file} open. Stop it everywhere, then try again. ` +
        `Nothing was changed.`,
    );
  }
}

/** Why a database could not even be read: others that write keep nobody from that. Null when it is another error. */
export const refusalOfLock = (error: unknown) =>
  isBusy(error)
    ? new StoreError(
        "Another process keeps the database to itself, as npm run copy-to-postgres does while it copies. Try again when that has ended.",
      )
    : null;
