import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { newCustomer, newWebhook, publish, turn } from "@/db/contract.kit";
import { openStore } from "@/db/open";
import { readEnv } from "./env";
import { type Prepares, startCore } from "./runtime";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "fanfare-prepare-"));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

const url = "https://platform.example.com/hooks";

async function prepare(prepares: Prepares, settings: Record<string, string> = {}): Promise<void> {
  const { store } = await startCore(readEnv({ DATA_DIR: dataDir, ...settings }), prepares);
  await store.close();
}

/** Whether the platform's webhook is told of one that fails from now on. */
async function tellsPlatform(): Promise<boolean> {
  const clock = { now: Date.now() };
  const { store } = await openStore({ dataDir, clock: () => clock.now });
  const customer = await newCustomer(store);
  await newWebhook(store, customer);
  await publish(store, customer);
  await turn({ store, clock }, 500);
  clock.now += 10_000;
  const told = await turn({ store, clock }, 200);
  await store.close();
  return told.some(({ webhook, event }) => webhook.url === url && event.type === "webhook.failing");
}

test("a role of its own that lacks the platform's webhook leaves the one that another role has set", async () => {
  await prepare("one role", { PLATFORM_WEBHOOK_URL: url });
  await prepare("one role");
  expect(await tellsPlatform()).toBe(true);
});

test("a role of its own removes it when that is what the setting says", async () => {
  await prepare("one role", { PLATFORM_WEBHOOK_URL: url });
  await prepare("one role", { PLATFORM_WEBHOOK_URL: "off" });
  expect(await tellsPlatform()).toBe(false);
});

test("a process whose settings are every role's removes it by not having it", async () => {
  await prepare("every role", { PLATFORM_WEBHOOK_URL: url });
  expect(await tellsPlatform()).toBe(true);
  await prepare("every role");
  expect(await tellsPlatform()).toBe(false);
});
