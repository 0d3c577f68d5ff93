import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newEvent } from "@/db/contract.kit";
import { asOperator } from "@/domain/as-operator";
import { handleAuth } from "@/server/auth/handle";
import { type Api, openApi, platformKey, publicUrl, toRequest, trpc } from "./api.fixture";
import { writeMetrics } from "./metrics";
import { answerReadiness } from "./operator/health";

let api: Api;
beforeEach(async () => {
  api = await openApi();
});
afterEach(() => api.close());

/** Signs an operator in; answers what a page of /platform sends along. */
async function operator(name = "Ada") {
  const json = { key: platformKey, name };
  const asked = { key: null, json, headers: { origin: publicUrl } };
  const answer = await handleAuth(toRequest("POST", "/api/auth/platform/sign-in", asked));
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return { key: null, headers: { cookie, origin: publicUrl, ...asOperator } };
}

describe("an operator", () => {
  test("may what the platform's key may, under a name", async () => {
    const ada = await operator();
    expect(await trpc("query", "platform.session", undefined, ada)).toMatchObject({
      status: 200,
      data: { operator: "Ada", pause: null },
    });
    expect(await trpc("query", "platform.session")).toMatchObject({ data: { operator: null } });
    const { id } = await api.newCustomer();
    const renamed = await trpc("mutation", "customers.update", { customer_id: id, name: "Contoso" }, ada);
    expect(renamed).toMatchObject({ status: 200, data: { id, name: "Contoso" } });
  });

  test("is nobody for a request that does not ask as one, and for another site's page", async () => {
    const ada = await operator();
    const { "x-fanfare-as": _, ...headers } = ada.headers;
    expect((await trpc("query", "platform.session", undefined, { key: null, headers })).status).toBe(401);
    const elsewhere = { ...ada, headers: { ...ada.headers, origin: "https://elsewhere.example" } };
    expect((await trpc("mutation", "platform.pauseDelivery", {}, elsewhere)).status).toBe(403);
    const { origin, ...without } = ada.headers;
    const noPage = { key: null, headers: without };
    expect((await trpc("mutation", "platform.pauseDelivery", {}, noPage)).status).toBe(403);
    expect(await api.store.findDeliveryPause()).toBeNull();
  });
});

describe("a pause of all delivery", () => {
  test("says who made it, to operators, customers, readiness and metrics", async () => {
    const { key } = await api.newCustomer();
    const webhook = await api.newWebhook(key);
    const at = new Date(api.clock.now).toISOString();
    const ada = await operator();
    const pause = { paused_at: at, paused_by: "Ada" };
    expect((await trpc("mutation", "platform.pauseDelivery", {}, ada)).data).toEqual(pause);
    expect((await trpc("query", "platform.session")).data).toEqual({ operator: null, pause });
    expect((await trpc("query", "platform.overview")).data).toMatchObject({ pause });
    expect((await trpc("query", "stats.overview", {}, { key })).data).toMatchObject({
      all_paused_at: at,
      webhooks: [{ webhook_id: webhook, held: "platform" }],
    });
    expect(await (await answerReadiness()).json()).toMatchObject({ delivery_paused_since: at });
    expect(await writeMetrics(api.runtime)).toContain("\nfanfare_delivery_paused 1\n");
    expect((await trpc("mutation", "platform.resumeDelivery", {}, ada)).status).toBe(200);
    expect((await trpc("mutation", "platform.resumeDelivery", {}, ada)).status).toBe(200);
    expect((await trpc("query", "stats.overview", {}, { key })).data).toMatchObject({
      all_paused_at: null,
      webhooks: [{ held: null }],
    });
    expect(await (await answerReadiness()).json()).toMatchObject({ delivery_paused_since: null });
    expect(await writeMetrics(api.runtime)).toContain("\nfanfare_delivery_paused 0\n");
  });
});

describe("across customers", () => {
  test("an event is found by its id, with what came of it", async () => {
    const [one, other] = [await api.newCustomer(), await api.newCustomer()];
    const webhook = await api.newWebhook(one.key);
    await api.store.publishEvents([
      newEvent(one.id, { id: "order-1" }),
      newEvent(other.id, { id: "order-1" }),
    ]);
    const { data } = await trpc("query", "platform.find", { id: " order-1 " });
    expect(data).toMatchObject([
      { kind: "event", customer: { id: one.id }, webhooks: [{ webhook_id: webhook, reason: null }] },
      { kind: "event", customer: { id: other.id }, webhooks: [] },
    ]);
    expect((await trpc("query", "platform.find", { id: webhook })).data).toMatchObject([
      { kind: "webhook", webhook_id: webhook, customer: { id: one.id } },
    ]);
    expect((await trpc("query", "platform.find", { id: other.id })).data).toMatchObject([
      { kind: "customer" },
    ]);
    expect((await trpc("query", "platform.find", { id: "nobody's" })).data).toEqual([]);
  });

  test("customers are told with their webhooks, and can be searched", async () => {
    const { id, key } = await api.newCustomer();
    await api.newWebhook(key);
    await api.rest("POST", "/customers", { json: { name: "Contoso" } });
    const { data } = await trpc("query", "platform.customers", { search: "north" });
    expect(data).toMatchObject({
      items: [{ id, webhooks: { active: 1 }, failed_24h: 0 }],
      next_cursor: null,
    });
    expect((await trpc("query", "platform.customers", { troubled: true })).data).toMatchObject({ items: [] });
  });

  test("the last 24 hours are told with the workers", async () => {
    await api.store.heartbeat({ id: "a-worker", pid: 7, host: "here", startedAt: "", keyIds: [] });
    api.clock.now += 6_000;
    const { data } = await trpc<{ hours: { start: string }[] }>("query", "platform.overview");
    expect(data).toMatchObject({
      workers: [{ id: "a-worker", beat_age_ms: 6_000, is_alive: false }],
      customers: 0,
      pending_count: 0,
      replica: null,
    });
    expect(data?.hours).toHaveLength(24);
    const latest = Math.floor(api.clock.now / 3_600_000) * 3_600_000;
    expect(data?.hours.at(-1)).toEqual({ start: new Date(latest).toISOString(), delivered: 0, failed: 0 });
  });
});

test("a customer is renamed over REST", async () => {
  const { id } = await api.newCustomer();
  const path = `/customers/${id}`;
  expect(await api.rest("PATCH", path, { json: { name: "Contoso" } })).toMatchObject({
    status: 200,
    body: { id, name: "Contoso" },
  });
  expect((await api.rest("GET", path)).body).toMatchObject({ name: "Contoso" });
  expect((await api.rest("PATCH", path, { json: { name: " " } })).status).toBe(400);
  expect((await api.rest("PATCH", "/customers/nobody", { json: { name: "x" } })).status).toBe(404);
});
