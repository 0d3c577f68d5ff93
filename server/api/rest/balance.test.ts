import { afterEach, beforeEach, expect, test } from "vitest";
import { attempt, claim } from "@/db/contract.kit";
import { type Api, openApi, rest } from "../api.fixture";

let api: Api;
let customer: { id: string; key: string };
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
});
afterEach(() => api.close());

const none = { matched: 0, delivered: 0, waiting: 0, failed: 0, cancelled: 0, missed: 0 };
const publish = (count: number) =>
  rest("POST", "/events", {
    json: Array.from({ length: count }, () => ({
      customer_id: customer.id,
      type: "search_completed",
      data: { search_id: "s" },
    })),
  });
const balance = async (query = "", key = customer.key) => rest("GET", `/balance${query}`, { key });

test("the equation is told for all webhooks, for each, and for deleted ones", async () => {
  const kept = await api.newWebhook(customer.key);
  const deleted = await api.newWebhook(customer.key);
  await publish(3);
  const [first] = await claim(api.store, { slots: 1 });
  if (first) await api.store.recordAttempts([attempt(first, 200, api.clock.now)]);
  const isKept = first?.webhook.id === kept;
  const one = { delivered: 1, waiting: 2 };
  await rest("DELETE", `/webhooks/${deleted}`, { key: customer.key });
  const { status, body } = await balance();
  expect([status, body]).toEqual([
    200,
    {
      ...none,
      matched: 6,
      delivered: 1,
      waiting: 5,
      is_balanced: true,
      is_complete: true,
      webhooks: [{ webhook_id: kept, ...none, matched: 3, ...(isKept ? one : { waiting: 3 }) }],
      deleted_webhooks: { ...none, matched: 3, ...(isKept ? { waiting: 3 } : one) },
    },
  ]);
  expect((await balance(`?webhook_id=${kept}`)).body).toMatchObject({
    matched: 3,
    deleted_webhooks: none,
  });
  expect((await balance(`?webhook_id=${deleted}`)).status).toBe(404);
});

test("of a range it is counted from the events that were accepted in it", async () => {
  const id = await api.newWebhook(customer.key);
  const off = await api.newWebhook(customer.key, { is_active: false });
  await publish(2);
  api.clock.now += 60_000;
  const since = new Date(api.clock.now).toISOString();
  await publish(1);
  api.clock.now += 60_000;
  const until = new Date(api.clock.now).toISOString();
  await publish(4);
  expect((await balance(`?since=${since}&until=${until}`)).body).toEqual({
    ...none,
    matched: 2,
    waiting: 1,
    missed: 1,
    is_balanced: true,
    is_complete: true,
    webhooks: expect.arrayContaining([
      { webhook_id: id, ...none, matched: 1, waiting: 1 },
      { webhook_id: off, ...none, matched: 1, missed: 1 },
    ]),
    deleted_webhooks: none,
  });
  expect((await balance(`?since=${since}&webhook_id=${id}`)).body).toMatchObject({ matched: 5 });
});

test("nobody is told the numbers of another customer", async () => {
  const id = await api.newWebhook(customer.key);
  await publish(1);
  const other = await api.newCustomer();
  expect((await balance("", other.key)).body).toMatchObject({ matched: 0, webhooks: [] });
  expect((await balance(`?webhook_id=${id}`, other.key)).status).toBe(404);
  expect((await balance(`?since=2020-01-01T00:00:00Z&webhook_id=${id}`, other.key)).status).toBe(404);
});
