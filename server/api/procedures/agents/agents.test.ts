import { afterEach, beforeEach, expect, test } from "vitest";
import { newEvent, turn } from "@/db/contract.kit";
import { newAgent } from "../../agent.fixture";
import { type Api, openApi, rest, trpc } from "../../api.fixture";

type AgentView = { id: string } & Record<string, unknown>;
type DeliveryView = { id: string; status: string } & Record<string, unknown>;

let api: Api;
let customer: { id: string; key: string };
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
});
afterEach(() => api.close());

const ask = <Body>(method: string, path: string) => rest<Body>(method, path, { key: customer.key });
const listed = async () => (await ask<AgentView[]>("GET", "/agents")).body;
const publish = (id: string, data: object) =>
  api.store.publishEvents([newEvent(customer.id, { id, dataJson: JSON.stringify(data) })]);

test("a subscription is listed with who it is of, what it asks for, and until when", async () => {
  expect(await listed()).toEqual([]);
  const asked = { arguments: { case_id: "C-42" }, client: "Ops bot" };
  const id = await newAgent(api, customer.id, asked);
  expect(await listed()).toEqual([
    {
      id,
      event_type: "search_completed",
      arguments: { case_id: "C-42" },
      asks_for: "data.case_id is C-42",
      detail: "ids",
      client: "Ops bot",
      key: { id: expect.any(String), name: null, prefix: customer.key.slice(0, 9) },
      callback_url: "https://agents.example/in",
      is_active: true,
      health: { state: "healthy", attempts: 0, failed: 0, since: null },
      last_delivery_at: null,
      pending_count: 0,
      failure: null,
      created_at: expect.any(String),
      expires_at: new Date(api.clock.now + 3_600_000).toISOString(),
    },
  ]);
});

test("agents are no webhooks: these are listed, counted and asked for without them", async () => {
  const id = await newAgent(api, customer.id);
  expect((await ask("GET", "/webhooks")).body).toEqual([]);
  const overview = await trpc<{ webhooks: unknown[] }>("query", "stats.overview", {}, { key: customer.key });
  expect(overview.data?.webhooks).toEqual([]);
  expect((await ask("GET", `/webhooks/${id}`)).status).toBe(404);
});

test("those who are sent ids and those who are sent all are listed together, the newest first", async () => {
  const first = await newAgent(api, customer.id, { arguments: { case_id: "C-1" } });
  api.clock.now += 1;
  const second = await newAgent(api, customer.id, { arguments: { case_id: "C-2" }, detail: "full" });
  api.clock.now += 1;
  const third = await newAgent(api, customer.id, { arguments: { case_id: "C-3" } });
  expect((await listed()).map(({ id }) => id)).toEqual([third, second, first]);
});

test("what an agent is sent is listed page by page, and each is told with its attempts", async () => {
  const id = await newAgent(api, customer.id);
  await publish("one", { search_id: "s-1" });
  await turn(api, 200);
  await publish("two", { search_id: "s-2" });
  const page = await ask<DeliveryView[]>("GET", `/agents/${id}/deliveries?page_size=1`);
  expect(page.body).toMatchObject([{ id: "two", status: "pending" }]);
  expect(page.body[0]).not.toHaveProperty("webhook_id");
  const next = /<([^>]+)>; rel="next"/.exec(page.headers.get("link") ?? "")?.[1] ?? "";
  const { pathname, search } = new URL(next, "https://hooks.example");
  expect((await ask<DeliveryView[]>("GET", pathname + search)).body[0]).toMatchObject({
    id: "one",
    status: "delivered",
  });
  const one = await ask<{ attempts: unknown[] }>("GET", `/agents/${id}/deliveries/one`);
  expect(one.body).toMatchObject({ id: "one", diagnosis: null, attempts: [{ number: 1, status_code: 200 }] });
});

test("a failing agent is told with the reason, and so is its delivery", async () => {
  const id = await newAgent(api, customer.id);
  await publish("one", { search_id: "s-1" });
  await turn(api, 503);
  const [agent] = await listed();
  expect(agent).toMatchObject({
    health: { state: "failing" },
    pending_count: 1,
    failure: { meaning: expect.stringContaining("503") },
  });
  const delivery = await ask("GET", `/agents/${id}/deliveries/one`);
  expect(delivery.body).toMatchObject({ status: "pending", diagnosis: { meaning: expect.any(String) } });
});

test("an event tells what became of it for agents: sent, or why not", async () => {
  const wanted = await newAgent(api, customer.id, { arguments: { case_id: "C-41" }, client: "Ops bot" });
  const other = await newAgent(api, customer.id, { arguments: { case_id: "C-42" } });
  await publish("one", { search_id: "s-1", case_id: "C-41" });
  await turn(api, 200);
  const { body } = await ask<{ agents: { agent_id: string }[] }>("GET", "/events/one");
  const traceOf = (id: string) => body.agents.find(({ agent_id }) => agent_id === id);
  expect(traceOf(wanted)).toMatchObject({
    client: "Ops bot",
    callback_url: "https://agents.example/in",
    delivery: { id: "one", status: "delivered", status_code: 200 },
    why: null,
  });
  expect(traceOf(other)).toMatchObject({
    delivery: null,
    why: "data.case_id is C-41, asked for C-42",
  });
});

test("who ends a subscription ends it once, and the audit log tells of it", async () => {
  const id = await newAgent(api, customer.id);
  expect((await ask("DELETE", `/agents/${id}`)).status).toBe(204);
  expect(await listed()).toEqual([]);
  expect((await ask("DELETE", `/agents/${id}`)).status).toBe(404);
  expect((await ask("GET", `/agents/${id}/deliveries`)).status).toBe(404);
  const log = await ask<{ action: string }[]>("GET", "/audit");
  expect(log.body[0]).toMatchObject({ action: "agent.unsubscribed", subject: { kind: "agent" } });
});
