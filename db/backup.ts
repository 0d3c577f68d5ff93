import { hasStore } from "./has-store";
import { backUpFile } from "./sqlite/backup/backup";
import { databaseFile } from "./sqlite/connection/database-file";

/**
 * Copies a store, which may be in use meanwhile, into a file that is not there yet: everything that was committed
 * when it began, and nothing half. Answers its size in bytes; null when there is no store.
 */
export async function backUpStore({
  dataDir,
  file,
}: {
  dataDir: string;
  file: string;
}): Promise<number | null> {
  return hasStore(dataDir) ? backUpFile(databaseFile(dataDir), file) : null;
}
