import { closeSync, fsyncSync, openSync } from "node:fs";

/** A new name in a folder is on disk after this. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
