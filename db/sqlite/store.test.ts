import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe } from "vitest";
import { agentsAtOnce } from "../contract/agents-at-once.contract";
import { describeAtOnce, type OpenTogether } from "../contract/at-once.contract";
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

/** As many connections on one file as there would be processes. */
const openTogether: OpenTogether = async (clock, count) => {
  const dataDir = newFolder();
  cpSync(template, dataDir, { recursive: true });
  const stores = Array.from({ length: count }, () => openSqlite({ dataDir, ...runBy(clock) }).store);
  const close = async () => {
    await Promise.all(stores.map((store) => store.close()));
  };
  return { stores, close };
};

/** Two connections, taking turns, as the web and the worker process do. */
const onFile: Open = async (clock) => {
  const { stores, close } = await openTogether(clock, 2);
  const [web, worker] = stores;
  if (!web || !worker) throw new Error("There are not two.");
  const workerVerbs = {
    claimDeliveries: worker.claimDeliveries,
    recordAttempts: worker.recordAttempts,
    releaseDeliveries: worker.releaseDeliveries,
    maintain: worker.maintain,
    onChange: worker.onChange,
  };
  return { ...web, ...workerVerbs, close };
};

describe("the SQLite store on file, with two connections", () => {
  describeStore(onFile);
  describe("that work at the same time", () => describeAtOnce(openTogether));
  describe("agents of both", () => agentsAtOnce(openTogether));
});
