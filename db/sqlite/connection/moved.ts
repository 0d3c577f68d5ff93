import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "../../store-error";
import { syncFolder } from "./sync-folder";

/** What a folder says of the copy of its database into Postgres. */
export type Move = {
  /** Tells this copy from all others: the database that it goes into holds the same while it lasts. */
  copyId: string;
  /** Where the data is now, without user and password; null while it is still the folder's. */
  to: string | null;
};

const moveFile = (dataDir: string) => join(dataDir, "moved-to-postgres");

/** Null where nobody ever began to copy. */
export function readMove(dataDir: string): Move | null {
  try {
    return JSON.parse(readFileSync(moveFile(dataDir), "utf8")) as Move;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw new StoreError(`${moveFile(dataDir)} cannot be read: ${(error as Error).message}.`);
  }
}

/** Is on disk, whole, when this returns. */
export function writeMove(dataDir: string, move: Move): void {
  const draft = `${moveFile(dataDir)}.draft`;
  const handle = openSync(draft, "w", 0o600);
  writeSync(handle, `${JSON.stringify(move)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(draft, moveFile(dataDir));
  syncFolder(dataDir);
}

/** Throws a StoreError when the folder's data is in Postgres by now. */
export function assertNotMoved(dataDir: string): void {
  const to = readMove(dataDir)?.to;
  if (to) throw moved(dataDir, to);
}

export const moved = (dataDir: string, to: string) =>
  new StoreError(
    `The data of ${dataDir} was copied to Postgres, into ${to}: set DATABASE_URL to go on there. What is left here is ` +
      `as it was at that moment; only who wants that back, and not what came since, removes ${moveFile(dataDir)}.`,
  );
