import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ann } from "../../actor.kit";
import { day, newCustomer, newWebhook } from "../../contract.kit";
import { addPast, type Past } from "../../history.kit";
import { migrateStore, openStore } from "../../open";
import type { Store } from "../../store";
import { turnsDuring } from "../../waiting.kit";

const now = Date.UTC(2026, 5, 20);
const everything = { since: 0, until: null, include: ["failed" as const] };

let dataDir: string;
let store: Store;
let customer: string;
let webhook: string;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "fanfare-count-"));
  await migrateStore({ dataDir });
  store = (await openStore({ dataDir, clock: () => now })).store;
  customer = await newCustomer(store);
  webhook = await newWebhook(store, customer);
});
afterEach(async () => {
  await store.close();
  rmSync(dataDir, { recursive: true });
});

const past = (given: Pick<Past, "count" | "from" | "status">) =>
  addPast(dataDir, { customer, webhook, ...given });
const count = (signal?: AbortSignal) => store.countRecoverable(customer, webhook, everything, signal);

test("counting a long past lets others in between", async () => {
  past({ count: 100_000, from: now - day, status: "failed" });
  const counting = count();
  const turns = await turnsDuring(counting);
  expect(await counting).toMatchObject({ count: 100_000, isComplete: true, refused: null });
  expect(turns).toBeGreaterThan(10);
});

test("counting stops when whoever asked has left, and starts no recovery", async () => {
  past({ count: 20_000, from: now - day, status: "failed" });
  const caller = new AbortController();
  const asked = { id: randomUUID(), customerId: customer, webhookId: webhook, ...everything };
  const asking = [count(caller.signal), store.startRecovery(asked, ann, caller.signal)].map((each) =>
    each.then(
      () => "answered",
      (error: Error) => error.name,
    ),
  );
  await turns(3);
  caller.abort();
  let turnsAfter = 0;
  let isOver = false;
  const ends = Promise.all(asking).finally(() => {
    isOver = true;
  });
  for (; !isOver; turnsAfter += 1) await turns(1);
  expect(await ends).toEqual(["AbortError", "AbortError"]);
  expect(turnsAfter).toBeLessThan(6);
  expect(await store.listRecoveries(customer, {})).toEqual([]);
});

test("a customer's counts wait for each other, and too many at once are refused", async () => {
  past({ count: 2_000, from: now - day, status: "failed" });
  const answers = await Promise.all(Array.from({ length: 6 }, () => count()));
  expect(answers.filter((answer) => answer === "busy")).toHaveLength(2);
  const other = await newCustomer(store);
  const ofOther = await newWebhook(store, other);
  const beside = [count(), store.countRecoverable(other, ofOther, everything)];
  expect(await Promise.all(beside)).toMatchObject([
    { count: 2_000, isComplete: true, refused: null },
    { count: 0, isComplete: true, refused: null },
  ]);
});

test("of a very long past only the first part is counted, and the recovery finds the rest on its way", async () => {
  past({ count: 100_000, from: now - 2 * day });
  past({ count: 700, from: now - day, status: "failed" });
  expect(await count()).toMatchObject({ count: 0, isComplete: false, refused: null });
  const id = randomUUID();
  const asked = { id, customerId: customer, webhookId: webhook, ...everything };
  expect(await store.startRecovery(asked, ann)).toMatchObject({ total: 0, isComplete: false });
  while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: 24 * 3_600_000 }));
  expect(await store.getRecovery(customer, id)).toMatchObject({
    total: 700,
    done: 700,
    state: "done",
  });
}, 60_000);

async function turns(many: number): Promise<void> {
  for (let left = many; left > 0; left -= 1) await new Promise(setImmediate);
}
