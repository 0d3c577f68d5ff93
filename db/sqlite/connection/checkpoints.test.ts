import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newCustomer, newEvent, newWebhook } from "../../contract.kit";
import { migrateStore } from "../../open";
import type { Store } from "../../store";
import { sqliteStore } from "../store";
import { type Connection, connect } from "./connection";
import { databaseFile } from "./database-file";

let dataDir: string;
let connection: Connection;
let store: Store;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "fanfare-log-"));
  await migrateStore({ dataDir });
  connection = connect(databaseFile(dataDir), Date.now);
  store = sqliteStore(connection);
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true });
});

/** A moment's work: what the caller of a commit or of a look may have to wait for. */
const maxPages = 2_048;
const logPages = () => statSync(`${databaseFile(dataDir)}-wal`).size / (8_192 + 24);
const waitingPages = () => {
  const [state] = connection.sqlite.pragma("wal_checkpoint(NOOP)") as { log: number; checkpointed: number }[];
  return (state?.log ?? 0) - (state?.checkpointed ?? 0);
};

test("a reader that stays long makes nobody who commits move what piled up, and the log shrinks after it", async () => {
  const customer = await newCustomer(store);
  await newWebhook(store, customer);
  const reader = new Database(databaseFile(dataDir), { readonly: true });
  reader.exec("begin");
  reader.prepare("select count(*) from events").get();
  while (logPages() < 20_000) await publishMuch(customer);
  reader.exec("rollback");
  reader.close();
  const before = waitingPages();
  expect(before).toBeGreaterThan(15_000);
  await publishMuch(customer);
  expect(waitingPages()).toBeGreaterThan(before - maxPages);
  let moved = 0;
  for (let looks = 0; logPages() > 0 && looks < 1_000; looks += 1) {
    const { pages } = connection.checkpoints.checkpoint();
    expect(pages).toBeLessThanOrEqual(maxPages);
    moved += pages;
    await new Promise(setImmediate);
    await connection.checkpoints.idle();
  }
  expect(logPages()).toBe(0);
  expect(moved).toBeLessThan(before);
});

test("under load the log stays short", async () => {
  const customer = await newCustomer(store);
  for (let rounds = 0; rounds < 12; rounds += 1) {
    await publishMuch(customer);
    await store.maintain({ retentionMs: 1_000_000, longestPauseMs: 24 * 3_600_000 });
  }
  expect(logPages()).toBeLessThan(6_000);
});

const publishMuch = (customer: string) =>
  store.publishEvents(
    Array.from({ length: 20 }, () => newEvent(customer, { dataJson: JSON.stringify("x".repeat(200_000)) })),
  );
