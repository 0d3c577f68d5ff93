import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { turn } from "@/db/contract.kit";
import { startOfDay } from "@/domain/time/zone";
import { type Api, openApi, rest, trpc } from "../../api.fixture";

const startIn = (day: string, zone: string, days = 0) =>
  new Date(startOfDay(Date.parse(day), zone, days)).toISOString();

type Bar = { start: string; delivered: number; failed: number };
type Overview = {
  delivered: number;
  failed: number;
  webhooks: { webhook_id: string; delivered: number; failed: number; buckets: Bar[] }[];
};
type WebhookStats = { buckets: Bar[]; by_type: object[]; by_code: object[]; queue: object };

let api: Api;
let customer: { id: string; key: string };
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  api.clock.now = Date.parse("2026-06-15T12:30:00Z");
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key);
});
afterEach(() => api.close());

const ask = <Data>(name: string, input: object) => trpc<Data>("query", name, input, { key: customer.key });

async function publish(type: string, count = 1): Promise<void> {
  const event = { customer_id: customer.id, type, data: { search_id: "s", flow_run_id: "f" } };
  await rest("POST", "/events", { json: Array(count).fill(event) });
}

describe("the overview", () => {
  test("counts each webhook's attempts in the hour they ended in, and all of them together", async () => {
    const quiet = await api.newWebhook(customer.key, { events: [] });
    await publish("search_completed", 3);
    await turn(api, 200);
    api.clock.now += 3_600_000;
    await publish("flow_run_failed");
    await turn(api, 503);
    const { data } = await ask<Overview>("stats.overview", {});
    expect(data).toMatchObject({
      range: "24h",
      delivered: 3,
      failed: 1,
      delivered_rate: 0.75,
      pending_count: 1,
    });
    const [first, second] = data?.webhooks ?? [];
    expect(first).toMatchObject({ webhook_id: quiet, delivered: 0, delivered_rate: null, p95_ms: null });
    expect(second).toMatchObject({ webhook_id: webhook, delivered: 3, failed: 1, failures_in_a_row: 1 });
    expect(second?.buckets).toHaveLength(24);
    expect(second?.buckets.slice(-2)).toEqual([
      { start: "2026-06-15T12:00:00.000Z", end: "2026-06-15T13:00:00.000Z", delivered: 3, failed: 0 },
      { start: "2026-06-15T13:00:00.000Z", end: "2026-06-15T14:00:00.000Z", delivered: 0, failed: 1 },
    ]);
  });

  test("shows a day of a zone, and refuses a time of which nothing is counted any more", async () => {
    await publish("search_completed", 3);
    await turn(api, 200);
    const day = (day: string, zone: string) => ({
      from: startIn(day, zone),
      to: startIn(day, zone, 1),
      time_zone: zone,
    });
    const { data } = await ask<Overview>("stats.overview", day("2026-06-15T12:00:00Z", "Asia/Tokyo"));
    expect(data).toMatchObject({
      range: null,
      from: "2026-06-14T15:00:00.000Z",
      to: "2026-06-15T15:00:00.000Z",
      step_ms: 3_600_000,
      delivered: 3,
    });
    const before = await ask<Overview>("stats.overview", day("2026-06-14T12:00:00Z", "Asia/Tokyo"));
    expect(before.data).toMatchObject({ delivered: 0 });
    const refusal = async (input: object) => (await ask("stats.overview", input)).error?.data;
    expect(await refusal(day("2026-05-01T12:00:00Z", "UTC"))).toMatchObject({
      errors: [{ path: ["to"], message: expect.stringContaining("31 days") }],
    });
    expect(await refusal({ from: "2026-06-15T12:00:00Z", to: "2026-06-15T12:00:00Z" })).toMatchObject({
      errors: [{ path: ["to"] }],
    });
    expect(await refusal({ time_zone: "Mars/Olympus" })).toMatchObject({ errors: [{ path: ["time_zone"] }] });
  });

  test("tells what is held, and why", async () => {
    await publish("search_completed", 2);
    await rest("PATCH", `/webhooks/${webhook}`, { key: customer.key, json: { is_active: false } });
    const disabled_at = new Date(api.clock.now).toISOString();
    const { data } = await ask<Overview>("stats.overview", { range: "1h" });
    const queue = { held: "inactive", held_count: 2, opened_at: null, disabled_at };
    expect(data).toMatchObject({ held_count: 2, webhooks: [queue] });
    expect(data?.webhooks[0]?.buckets).toHaveLength(60);
  });
});

test("what a webhook takes while it says 429 to more is told", async () => {
  const paceOf = async () => (await ask<WebhookStats>("stats.webhook", { webhook_id: webhook })).data?.queue;
  await publish("search_completed", 3);
  await turn(api, 200);
  expect(await paceOf()).toMatchObject({ pace: null });
  await publish("search_completed", 2);
  await turn(api, 429);
  expect(await paceOf()).toMatchObject({ pace: { taken: 3, refused: 2, most_in_a_minute: null } });
  api.clock.now += 60_000;
  expect(await paceOf()).toMatchObject({ pace: { taken: 3, refused: 2, most_in_a_minute: 3 } });
});

test("a pause is safe until what has waited longest expires, and until then for what comes when nothing waits", async () => {
  const queueOf = async () => (await ask<WebhookStats>("stats.webhook", { webhook_id: webhook })).data?.queue;
  const expiresAt = (since: number) => new Date(since + 30 * 24 * 3_600_000).toISOString();
  await rest("POST", `/webhooks/${webhook}/pause`, { key: customer.key });
  expect(await queueOf()).toMatchObject({
    held: "paused",
    held_count: 0,
    safe_until: expiresAt(api.clock.now),
  });
  const since = api.clock.now;
  await publish("search_completed");
  api.clock.now += 3_600_000;
  await publish("search_completed");
  expect(await queueOf()).toMatchObject({ held: "paused", held_count: 2, safe_until: expiresAt(since) });
});

test("a webhook's numbers come by type, by code and with latencies", async () => {
  await publish("search_completed", 2);
  await turn(api, 200);
  await publish("flow_run_failed");
  await turn(api, "timeout");
  const { data } = await ask<WebhookStats>("stats.webhook", { webhook_id: webhook, range: "7d" });
  expect(data).toMatchObject({ delivered: 2, failed: 1, p50_ms: 23, p95_ms: 23, p99_ms: 23 });
  expect(data?.by_type).toEqual([
    { event_type: "search_completed", delivered: 2, failed: 0 },
    { event_type: "flow_run_failed", delivered: 0, failed: 1 },
  ]);
  expect(data?.by_code).toEqual([
    { code: "200", count: 2 },
    { code: "response_timeout", count: 1 },
  ]);
  expect(data?.buckets.at(-1)).toMatchObject({ start: "2026-06-15T12:00:00.000Z", delivered: 2, failed: 1 });
  expect(data?.queue).toMatchObject({
    pending_count: 1,
    held_count: 0,
    last_error: { code: "response_timeout" },
    disables_at: "2026-06-20T12:30:00.020Z",
    failures_to_disable: 19,
    retry_schedule_ms: [5_000],
  });
});

test("what is set aside is told by what the answers said", async () => {
  const acceptedAt = new Date(api.clock.now).toISOString();
  await publish("search_completed", 2);
  await turn(api, 422);
  const { data } = await ask<WebhookStats>("stats.webhook", { webhook_id: webhook });
  const set_aside = [{ status_code: 422, words: "answer", count: 2, oldest_at: acceptedAt }];
  expect(data?.queue).toMatchObject({ set_aside, pending_count: 2, held_count: 0 });
});

test("a preview counts what a filter would have matched in the last week, and types tell when they were seen", async () => {
  await publish("search_completed", 2);
  api.clock.now += 5 * 24 * 3_600_000;
  await publish("flow_run_failed");
  const count = async (...events: string[]) => (await ask<object>("webhooks.preview", { events })).data;
  expect(await count("search_completed", "flow_run_failed")).toEqual({
    days: 7,
    count: 3,
    is_complete: true,
  });
  api.clock.now += 5 * 24 * 3_600_000;
  expect(await count("search_completed", "flow_run_failed")).toEqual({
    days: 7,
    count: 1,
    is_complete: true,
  });
  const { data: seen } = await ask<{ types: object[] }>("eventTypes.seen", {});
  expect(seen).toMatchObject({ types: [{ count: 1 }, { count: 2 }], counted_back_to: null });
});
