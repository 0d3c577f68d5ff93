import { afterEach, beforeEach, expect, test } from "vitest";
import { attempt, claim, turn } from "@/db/contract.kit";
import { type Api, openApi, rest } from "../api.fixture";

let api: Api;
let customer: { id: string; key: string };
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key);
});
afterEach(() => api.close());

const minuteMs = 60_000;
const ask = <T>(path: string) => rest<T>("GET", `/webhooks/${webhook}${path}`, { key: customer.key });
const publish = (count: number) => {
  const event = { customer_id: customer.id, type: "search_completed" };
  const data = { search_id: "s-1", flow_run_id: "f-1" };
  return rest("POST", "/events", { json: Array.from({ length: count }, () => ({ ...event, data })) });
};
const time = (ms: number) => new Date(ms).toISOString();

test("an incident tells since when, why, what came back and what became of its events", async () => {
  const startedAt = api.clock.now;
  await publish(8);
  await turn(api, 503);
  api.clock.now += 5_000;
  await turn(api, 200);
  const endedAt = api.clock.now;
  const { body: list } = await ask<{ id: string }[]>("/incidents");
  expect(list).toMatchObject([{ webhook_id: webhook, outcomes: null, deliveries: null }]);
  expect(await ask(`/incidents/${list[0]?.id}`)).toMatchObject({
    status: 200,
    body: {
      started_at: time(startedAt),
      ended_at: time(endedAt),
      held_count: 8,
      cause: { code: expect.any(String), meaning: expect.any(String), next_step: expect.any(String) },
      event_type: "search_completed",
      outcomes: [{ code: "503", count: 8 }],
      deliveries: { delivered: 1, failed: 0, cancelled: 0, pending: 7 },
      is_complete: true,
    },
  });
});

test("an incident that is not there, and one of another webhook, are not found", async () => {
  await publish(8);
  await turn(api, 503);
  const { body: list } = await ask<{ id: string }[]>("/incidents");
  const other = await api.newWebhook(customer.key);
  const path = (of: string, id: string | undefined) => `/webhooks/${of}/incidents/${id}`;
  for (const wrong of [path(other, list[0]?.id), path(webhook, other), path(webhook, "1")]) {
    expect((await rest("GET", wrong, { key: customer.key })).status).toBe(404);
  }
});

/** It was working until a minute ago. */
async function deliver(): Promise<void> {
  await publish(1);
  await turn(api, 200);
  api.clock.now += minuteMs;
}

test("a webhook of which some attempts fail is degraded, whatever the last of them came to", async () => {
  await deliver();
  for (let n = 0; n < 9; n += 1) {
    await publish(2);
    const [first, second] = await claim(api.store);
    if (!first || !second) throw new Error("Not all was claimed.");
    const end = n % 4 === 0 ? 422 : 200;
    await api.store.recordAttempts([
      attempt(first, end, api.clock.now, {}, '{"error": "unknown field"}'),
      attempt(second, 200, api.clock.now + 1),
    ]);
    api.clock.now += 2_000;
  }
  expect(await ask("")).toMatchObject({
    body: { status: "active", health: { state: "degraded", attempts: 19, failed: 3 } },
  });
  expect(await ask("/diagnosis")).toMatchObject({
    body: {
      diagnosis: { code: expect.any(String) },
      answer: '{"error": "unknown field"}',
      outcomes: [
        { code: "200", count: 16 },
        { code: "422", count: 3 },
      ],
    },
  });
  api.clock.now += 16 * minuteMs;
  expect(await ask("")).toMatchObject({
    body: { health: { state: "healthy", attempts: 0, failed: 0, since: null } },
  });
});

test("what fails now and then and goes through later is explained by the attempt that failed", async () => {
  await deliver();
  await publish(20);
  const claims = await claim(api.store);
  const ends = claims.map((each, n) =>
    attempt(each, n < 2 ? 500 : 200, api.clock.now + n, {}, "Out of memory"),
  );
  await api.store.recordAttempts(ends);
  api.clock.now += 6_000;
  await turn(api, 200);
  expect(await ask("")).toMatchObject({ body: { status: "active", health: { state: "degraded" } } });
  expect(await ask("/diagnosis")).toMatchObject({
    body: { diagnosis: { symptom: expect.stringContaining("500") }, answer: "Out of memory" },
  });
});
