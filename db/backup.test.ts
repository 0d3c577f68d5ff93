import { existsSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backUpStore } from "./backup";
import { attempt, claim, day, minute, newCustomer, newWebhook, publish } from "./contract.kit";
import { migrateStore, openStore } from "./open";
import { auditFile } from "./sqlite/audit/audit";
import type { Store } from "./store";

let folder: string;
let clock = { now: 0 };
const open = new Set<Store>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fanfare-backup-"));
  clock = { now: Date.UTC(2026, 0, 1) };
});
afterEach(async () => {
  for (const store of open) await store.close();
  open.clear();
  rmSync(folder, { recursive: true });
});

const original = () => join(folder, "original");

async function openIn(dataDir: string): Promise<Store> {
  await migrateStore({ dataDir });
  const { store } = await openStore({ dataDir, clock: () => clock.now });
  open.add(store);
  return store;
}

/** Backs the original up and opens the copy in a data folder of its own. */
async function restore(): Promise<Store> {
  const file = join(folder, "fanfare.sqlite");
  expect(await backUpStore({ dataDir: original(), file })).toBeGreaterThan(0);
  const dataDir = mkdtempSync(join(folder, "restored-"));
  renameSync(file, join(dataDir, "fanfare.sqlite"));
  expect(violations(dataDir)).toEqual([]);
  return openIn(dataDir);
}

const violations = (dataDir: string) =>
  auditFile(join(dataDir, "fanfare.sqlite"), { retentionMs: 30 * day, now: clock.now }).filter(
    (found) => found.violations > 0,
  );

test("what was committed before a backup began is in it, and what comes later is not", async () => {
  const store = await openIn(original());
  const customer = await newCustomer(store);
  await newWebhook(store, customer);
  const before = await publish(store, customer, 20);
  const [, restored] = await Promise.all([publish(store, customer, 5), restore()]);
  const [late = ""] = await publish(store, customer);
  for (const id of before) expect((await restored.getEvent(customer, id))?.traces).toHaveLength(1);
  expect(await restored.getEvent(customer, late)).toBeNull();
});

test("what was in flight when a backup was made is sent again from it, once its lease is over", async () => {
  const store = await openIn(original());
  const customer = await newCustomer(store);
  await newWebhook(store, customer);
  const [id] = await publish(store, customer);
  const [taken] = await claim(store);
  const restored = await restore();
  if (!taken) throw new Error("Nothing was due.");
  await store.recordAttempts([attempt(taken, 200, clock.now)]);
  expect(await claim(restored)).toEqual([]);
  clock.now += minute;
  const [again] = await claim(restored);
  expect(again?.event).toEqual(taken.event);
  expect(again?.event.id).toBe(id);
});

test("who followed the original past a backup sees what changes in it", async () => {
  const store = await openIn(original());
  const customer = await newCustomer(store);
  await newWebhook(store, customer);
  const restored = await restore();
  await publish(store, customer, 50);
  const { cursor } = await store.listChanges(customer, { after: null, limit: 1 });
  const { latest } = await store.listChangedCustomers([customer], null);

  const [id] = await publish(restored, customer);
  const { items } = await restored.listChanges(customer, { after: cursor, limit: 9 });
  expect(items.map(({ delivery }) => delivery.eventId)).toEqual([id]);
  expect((await restored.listChangedCustomers([customer], latest)).customerIds).toEqual([customer]);
});

test("a backup replaces no file, and leaves nothing behind when it fails", async () => {
  const store = await openIn(original());
  await newCustomer(store);
  const file = join(folder, "taken.sqlite");
  writeFileSync(file, "of somebody else");
  await expect(backUpStore({ dataDir: original(), file })).rejects.toThrow("EEXIST");
  await expect(
    backUpStore({ dataDir: original(), file: join(folder, "nowhere", "fanfare.sqlite") }),
  ).rejects.toThrow();
  expect(readdirSync(folder).sort()).toEqual(["original", "taken.sqlite"]);
});

test("where there is no store, none is made", async () => {
  const file = join(folder, "fanfare.sqlite");
  expect(await backUpStore({ dataDir: original(), file })).toBeNull();
  expect([existsSync(original()), existsSync(file)]).toEqual([false, false]);
});
