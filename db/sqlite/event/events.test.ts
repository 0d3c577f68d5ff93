import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { day, newCustomer, newWebhook } from "../../contract.kit";
import { addPast } from "../../history.kit";
import { migrateStore, openStore } from "../../open";
import type { Store } from "../../store";

const now = Date.UTC(2026, 5, 20);

let dataDir: string;
let store: Store;
let customer: string;
let webhook: string;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "fanfare-events-"));
  await migrateStore({ dataDir });
  store = (await openStore({ dataDir, clock: () => now })).store;
  customer = await newCustomer(store);
  webhook = await newWebhook(store, customer);
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true });
});

test("a page of large events costs as much as what is on it, however many were asked for", async () => {
  addPast(dataDir, { customer, webhook, count: 200, from: now - day, payloadBytes: 250_000 });
  const fullPage = (await store.listEvents(customer, { pageSize: 200 })).items.length;
  expect(fullPage).toBeLessThan(20);
  const timeOf = async (pageSize: number) => {
    const times: number[] = [];
    for (let n = 0; n < 5; n += 1) {
      const startedAt = performance.now();
      await store.listEvents(customer, { pageSize });
      times.push(performance.now() - startedAt);
    }
    return Math.min(...times);
  };
  expect(await timeOf(200)).toBeLessThan(4 * (await timeOf(fullPage)));
});

test("of very many events the newest are counted by their type, with how far back that was", async () => {
  addPast(dataDir, { customer, webhook, count: 60_000, from: now - day });
  expect(await store.countEventTypes(customer, now - 30 * day)).toEqual({
    types: [{ type: "search_completed", count: 20_000, lastAt: now - day + 59_999 }],
    countedBackTo: now - day + 40_000,
  });
});
