import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import { describeStore } from "../contract/store.contract";
import { type Open, runBy } from "../contract.kit";
import { migrateFile } from "./connection/migrate";
import { openSqlite } from "./open";

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-store-"));
  folders.push(folder);
  return folder;
};
/** Migrated once; each test begins with a copy. */
const template = newFolder();
migrateFile(template);
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Two connections on one file, taking turns, as the web and the worker process do. */
const onFile: Open = async (clock) => {
  const dataDir = newFolder();
  cpSync(template, dataDir, { recursive: true });
  const open = () => openSqlite({ dataDir, ...runBy(clock) }).store;
  const [web, worker] = [open(), open()];
  const workerVerbs = {
    claimDeliveries: worker.claimDeliveries,
    recordAttempts: worker.recordAttempts,
    releaseDeliveries: worker.releaseDeliveries,
    maintain: worker.maintain,
    onChange: worker.onChange,
  };
  const close = async () => {
    await Promise.all([web.close(), worker.close()]);
  };
  return { ...web, ...workerVerbs, close };
};

describe("the SQLite store on file, with two connections", () => describeStore(onFile));
