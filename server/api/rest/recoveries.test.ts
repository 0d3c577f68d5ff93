import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { turn } from "@/db/contract.kit";
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

const ask = <Body = unknown>(method: string, path: string, json?: unknown) =>
  rest<Body>(method, path, { key: customer.key, json });
const publish = (id: string) => {
  const data = { search_id: "s-1" };
  return rest("POST", "/events", {
    json: { customer_id: customer.id, type: "search_completed", data, id },
  });
};
const settle = async () => {
  while (await api.store.maintain({ retentionMs: 30 * 86_400_000, longestPauseMs: 86_400_000 }));
};

describe("a recovery by filter", () => {
  test("is counted, started, told of and listed", async () => {
    await publish("one");
    await turn(api, 200);
    await publish("two");
    const filter = { include: ["delivered"], code_class: 2, event_types: ["search_completed"] };
    const counted = await ask("POST", "/recoveries/count", filter);
    expect(counted).toMatchObject({
      status: 200,
      body: {
        count: 1,
        is_complete: true,
        refused: null,
        webhooks: [{ webhook_id: webhook, is_active: true, delivered: 1, failed: 0, pending: 0 }],
      },
    });
    const started = await ask<{ id: string }>("POST", "/recoveries", filter);
    expect(started).toMatchObject({ status: 202, body: { count: 1, is_complete: true } });
    await settle();
    await turn(api, 422);
    const path = `/recoveries/${started.body.id}`;
    const told = {
      id: started.body.id,
      webhook_id: null,
      since: null,
      include: ["delivered"],
      event_types: ["search_completed"],
      code_class: 2,
      status_code: null,
      total: 1,
      done: 1,
      made_due: 1,
      state: "done",
    };
    const outcomes = { delivered: 0, refused_again: 1, unanswered: 0, waiting: 0, given_up: 0 };
    expect(await ask("GET", path)).toMatchObject({ status: 200, body: { ...told, outcomes } });
    expect((await ask("GET", "/recoveries")).body).toMatchObject([told]);
    expect(await ask("POST", `${path}/cancel`, {})).toMatchObject({ status: 200, body: { state: "done" } });
  });

  test("is cancelled", async () => {
    await publish("one");
    await turn(api, 200);
    const { body } = await ask<{ id: string }>("POST", "/recoveries", { include: ["delivered"] });
    const cancelled = await ask("POST", `/recoveries/${body.id}/cancel`, {});
    expect(cancelled.body).toMatchObject({ state: "cancelled", total: 1, made_due: 0 });
    await settle();
    expect(await turn(api, 200)).toEqual([]);
  });

  test("needs an active webhook", async () => {
    await ask("PATCH", `/webhooks/${webhook}`, { is_active: false });
    expect(await ask("POST", "/recoveries", {})).toMatchObject({ status: 409, body: { code: "inactive" } });
    const named = await ask("POST", "/recoveries", { webhook_id: webhook });
    expect(named).toMatchObject({ status: 409, body: { code: "inactive" } });
  });

  test.each([
    { include: [] },
    { include: ["pending"] },
    { code_class: 1 },
    { status_code: 99 },
    { event_types: ["unknown"] },
    { since: "2026-01-02T00:00:00Z", until: "2026-01-01T00:00:00Z" },
  ])("refuses %j", async (filter) => {
    expect((await ask("POST", "/recoveries", filter)).status).toBe(400);
    expect((await ask("POST", "/recoveries/count", filter)).status).toBe(400);
  });

  test("is refused with a field that would narrow nothing, named by its path", async () => {
    const since = "2026-01-01T00:00:00Z";
    const misspelt = { event_type: "search_completed" };
    for (const [path, json] of [
      ["/recoveries", misspelt],
      ["/recoveries/count", misspelt],
      [`/webhooks/${webhook}/recover`, { ...misspelt, since }],
    ] as const) {
      const refused = { status: 400, body: { errors: [{ path: ["event_type"] }] } };
      expect(await ask("POST", path, json)).toMatchObject(refused);
    }
    expect((await ask("GET", "/recoveries")).body).toEqual([]);
  });

  test("is found by nobody else", async () => {
    const { body } = await ask<{ id: string }>("POST", "/recoveries", {});
    const { key } = await api.newCustomer();
    expect((await rest("GET", `/recoveries/${body.id}`, { key })).status).toBe(404);
    expect((await rest("POST", `/recoveries/${body.id}/cancel`, { key, json: {} })).status).toBe(404);
    expect((await rest("POST", "/recoveries", { key, json: { webhook_id: webhook } })).status).toBe(404);
  });
});

describe("many deliveries", () => {
  test("are redelivered in one call, which answers for each", async () => {
    await publish("one");
    await turn(api, 200);
    const deliveries = ["one", "none"].map((event_id) => ({ webhook_id: webhook, event_id }));
    const { status, body } = await ask<{ recovery_id: string }>("POST", "/redeliveries", { deliveries });
    expect([status, body]).toMatchObject([
      202,
      {
        answers: ["due", "not_found"],
      },
    ]);
    expect(await turn(api, 200)).toHaveLength(1);
    const { body: told } = await ask("GET", `/recoveries/${body.recovery_id}`);
    expect(told).toMatchObject({ include: [], total: 1, outcomes: { delivered: 1 } });
    const listed = async (query: string) =>
      (await ask<{ id: string }[]>("GET", `/webhooks/${webhook}/events?${query}`)).body.map(({ id }) => id);
    const ofThis = `recovery_id=${body.recovery_id}`;
    expect(await listed(`${ofThis}&outcome=delivered&code_class=2`)).toEqual(["one"]);
    expect(await listed(`${ofThis}&status_code=404`)).toEqual([]);
    expect(await listed(`${ofThis}&outcome=waiting`)).toEqual([]);
  });

  test("are refused with a field that nobody would look at", async () => {
    const deliveries = [{ webhook_id: webhook, event_id: "one", at: "2026-01-01T00:00:00Z" }];
    const refused = { status: 400, body: { errors: [{ path: ["deliveries", 0, "at"] }] } };
    expect(await ask("POST", "/redeliveries", { deliveries })).toMatchObject(refused);
  });

  test("are 200 at most", async () => {
    const deliveries = Array.from({ length: 201 }, () => ({ webhook_id: webhook, event_id: "one" }));
    expect((await ask("POST", "/redeliveries", { deliveries })).status).toBe(400);
    expect((await ask("POST", "/redeliveries", { deliveries: [] })).status).toBe(400);
  });
});
