import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { addPast } from "@/db/history.kit";
import { migrateStore } from "@/db/open";
import { turnsDuring } from "@/db/waiting.kit";
import { type Api, openApi, rest, toRequest } from "../api.fixture";
import { handleTrpc } from "./handle";

const changes = 50_000;

let dataDir: string;
let api: Api;
let customer: { id: string; key: string };
let webhook: string;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "fanfare-live-"));
  await migrateStore({ dataDir });
  api = await openApi({ dataDir });
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key);
  addPast(dataDir, { customer: customer.id, webhook, count: changes, from: api.clock.now - changes });
});
afterEach(async () => {
  await api.close();
  rmSync(dataDir, { recursive: true });
});

test.each(["of one webhook", "of all webhooks"])(
  "a stream %s that comes back after long lets others in between",
  async (which) => {
    const { read, leave } = await listenFromTheBeginning(
      which === "of one webhook" ? { webhook_id: webhook } : {},
    );
    expect(await turnsDuring(read(2_000))).toBeGreaterThan(10);
    leave();
  },
);

test("a stream of a webhook that had nothing, beside one that had much, lets others in between", async () => {
  const other = await api.newWebhook(customer.key, { events: ["flow_run_failed"] });
  await rest("POST", "/events", {
    json: { customer_id: customer.id, type: "flow_run_failed", data: { flow_run_id: "f" } },
  });
  const { read, leave } = await listenFromTheBeginning({ webhook_id: other });
  expect(await turnsDuring(read(1))).toBeGreaterThan(10);
  leave();
});

test("a stream with a long way to come stops looking when its client leaves", async () => {
  const { store } = api.runtime;
  let looks = 0;
  const listChanges = store.listChanges;
  store.listChanges = (...asked) => {
    looks += 1;
    return listChanges(...asked);
  };
  const other = await api.newWebhook(customer.key, { events: ["flow_run_failed"] });
  const { leave, ended } = await listenFromTheBeginning({ webhook_id: other });
  await vi.waitUntil(() => looks > 0);
  leave();
  await ended();
  const before = looks;
  await turns(50);
  expect(looks - before).toBeLessThanOrEqual(1);
});

async function listenFromTheBeginning(input: object) {
  const client = new AbortController();
  const asked = JSON.stringify({ ...input, lastEventId: "0.0" });
  const request = toRequest("GET", `/api/trpc/live.deliveries?input=${asked}`, { key: customer.key });
  const response = await handleTrpc(new Request(request, { signal: client.signal }));
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error("The stream has no body.");
  /** Until that many deliveries have been told. */
  async function read(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const { value = "" } = (await reader?.read()) ?? {};
      left -= value.split("webhook_id").length - 1;
    }
  }
  async function ended(): Promise<void> {
    while (!(await reader?.read())?.done);
  }
  return { read, ended, leave: () => client.abort() };
}

async function turns(count: number): Promise<void> {
  for (let left = count; left > 0; left -= 1) await new Promise(setImmediate);
}
