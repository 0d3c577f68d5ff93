import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import { describeStore } from "../contract/store.contract";
import type { Clock, Open } from "../contract.kit";
import { migrateStore, openStore } from "../open";

const folders: string[] = [];
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "fanfare-store-"));
  folders.push(folder);
  return folder;
};
/** Migrated once; each test begins with a copy. */
const template = newFolder();
migrateStore({ dataDir: template });
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const openAt = (dataDir: string, clock: Clock) =>
  openStore({
    dataDir,
    clock: () => clock.now,
    elapsed: () => clock.now - clock.jumpedMs,
    onDoubt: (doubt) => clock.doubts.push(doubt),
  }).store;

const inMemory: Open = async (clock) => openAt(":memory:", clock);

/** Two connections on one file, taking turns, as the web and the worker process do. */
const onFile: Open = async (clock) => {
  const dataDir = newFolder();
  cpSync(template, dataDir, { recursive: true });
  const [web, worker] = [openAt(dataDir, clock), openAt(dataDir, clock)];
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

describe.each([
  ["in memory", inMemory],
  ["on file, with two connections", onFile],
])("the SQLite store %s", (_, open) => describeStore(open));
