import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { turn } from "@/db/contract.kit";
import { type Api, openApi, rest } from "../api.fixture";

let api: Api;
let customer: { key: string; id: string };
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key);
});
afterEach(() => api.close());

const ask = <T>(path: string, json?: unknown) =>
  rest<T>("POST", `/webhooks/${webhook}${path}`, { key: customer.key, json });
const read = (path = "") => rest("GET", `/webhooks/${webhook}${path}`, { key: customer.key });
const publish = (id: string) =>
  rest("POST", "/events", {
    json: {
      customer_id: customer.id,
      id,
      type: "search_completed",
      data: { search_id: "s-1", flow_run_id: "f-1" },
    },
  });
const inMs = (ms: number) => new Date(api.clock.now + ms).toISOString();
const hour = 3_600_000;
const retention = 30 * 24 * hour;

describe("a pause", () => {
  test.each([undefined, {}, { paused_until: null }])(
    "without an end (%j) is until somebody resumes it",
    async (json) => {
      const paused = await ask("/pause", json);
      const expected = { is_active: true, status: "active", is_paused: true, paused_until: null };
      expect(paused).toMatchObject({ status: 200, body: expected });
      expect((await read()).body).toEqual(paused.body);
      expect(await ask("/resume")).toMatchObject({ status: 200, body: { is_paused: false } });
    },
  );

  test("with an end says when, and is over then", async () => {
    const paused_until = inMs(hour);
    expect((await ask("/pause", { paused_until })).body).toMatchObject({ is_paused: true, paused_until });
    api.clock.now += hour;
    expect((await read()).body).toMatchObject({ is_paused: false, paused_until: null });
  });

  test("holds deliveries, which say so", async () => {
    const paused_until = inMs(hour);
    await ask("/pause", { paused_until });
    expect((await publish("one")).body).toMatchObject({ deliveries: 1 });
    expect(await turn(api, 200)).toEqual([]);
    const waits = { status: "pending", held: "paused", next_attempt_at: paused_until };
    expect((await read("/events/one")).body).toMatchObject(waits);
    await ask("/resume");
    expect(await turn(api, 200)).toHaveLength(1);
    expect((await read("/events/one")).body).toMatchObject({ status: "delivered", held: null });
  });

  test("ends when it is switched off, and cannot begin before it is on again", async () => {
    await ask("/pause");
    const off = await rest("PATCH", `/webhooks/${webhook}`, {
      key: customer.key,
      json: { is_active: false },
    });
    expect(off.body).toMatchObject({ status: "disabled", is_paused: false });
    expect(await ask("/pause")).toMatchObject({
      status: 409,
      body: { code: "inactive", error: expect.stringContaining("Activate it") },
    });
  });

  test.each([
    ["now", () => inMs(0), "future"],
    ["longer than deliveries are kept", () => inMs(retention + 1), "must not be after"],
    ["no time", () => "tomorrow", ""],
  ])("until %s is refused", async (_, until, words) => {
    const { status, body } = await ask("/pause", { paused_until: until() });
    expect([status, body]).toMatchObject([400, { errors: [{ path: ["paused_until"] }] }]);
    expect(JSON.stringify(body).toLowerCase()).toContain(words);
  });

  test("lasts no longer than what has waited longest is kept", async () => {
    await publish("one");
    api.clock.now += hour;
    const safe = retention - hour;
    expect((await ask("/pause", { paused_until: inMs(safe + 1) })).status).toBe(400);
    expect((await ask("/pause", { paused_until: inMs(safe) })).status).toBe(200);
  });

  test("of no webhook is not found", async () => {
    const none = (verb: string) =>
      rest("POST", `/webhooks/${crypto.randomUUID()}/${verb}`, { key: customer.key });
    expect([(await none("pause")).status, (await none("resume")).status]).toEqual([404, 404]);
  });
});
