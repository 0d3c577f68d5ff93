import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Api, openApi, platformKey, rest } from "../api.fixture";

let api: Api;
let key: string;
let customer: string;
beforeEach(async () => {
  api = await openApi();
  ({ key, id: customer } = await api.newCustomer());
});
afterEach(() => api.close());

type Webhook = { id: string; events: string[]; conditions: unknown };
type Refusal = { errors: { path: (string | number)[]; message: string }[] };

const url = "https://receiver.example/hook";
const create = (conditions: unknown, events = ["search_completed"]) =>
  rest<Webhook>("POST", "/webhooks", { key, json: { webhook_url: url, events, conditions } });
const edit = (id: string, json: unknown) => rest<Webhook>("PATCH", `/webhooks/${id}`, { key, json });
const manyHits = { search_completed: { op: "at_least", path: "data.hit_count", value: 2 } };

test("conditions are shown as they were written, kept when they are not named, and removed by null", async () => {
  const { status, body } = await create(manyHits);
  expect([status, body.conditions]).toEqual([201, manyHits]);
  expect((await edit(body.id, { description: "Words" })).body.conditions).toEqual(manyHits);
  const other = { "*": { op: "not", condition: { op: "exists", path: "error", value: true } } };
  expect((await edit(body.id, { conditions: other })).body.conditions).toEqual(other);
  expect((await edit(body.id, { conditions: null })).body.conditions).toBeNull();
  expect((await edit(body.id, { conditions: {} })).body.conditions).toBeNull();
});

test("* among the events is all of them, and is shown alone", async () => {
  const { body } = await create(undefined, ["search_completed", "*", "flow_run_failed"]);
  expect(body.events).toEqual(["*"]);
  expect((await edit(body.id, { events: ["search_completed"] })).body.events).toEqual(["search_completed"]);
});

test("webhook.* is all that is told of the customer's other webhooks, which * does not stand for", async () => {
  const { body } = await create(undefined, ["webhook.slow", "webhook.*", "search_completed"]);
  expect(body.events).toEqual(["webhook.*", "search_completed"]);
  expect((await edit(body.id, { events: ["webhook.slow", "*", "search_completed"] })).body.events).toEqual([
    "webhook.slow",
    "*",
  ]);
  const { status } = await rest("POST", "/events", {
    key: platformKey,
    json: { customer_id: (await api.newCustomer()).id, type: "webhook.slow", data: {} },
  });
  expect(status).toBe(400);
});

const leaf = { op: "equals", path: "a", value: 1 };
const group = (conditions: unknown, op = "and") => ({ "*": { op, conditions } });
const nested = (depth: number): unknown => (depth === 1 ? leaf : { op: "not", condition: nested(depth - 1) });

test.each<[string, unknown, (string | number)[], RegExp]>([
  [
    "an operator that there is not",
    { "*": { op: "matches", path: "a", value: "x" } },
    ["*", "op"],
    /one of equals, in/,
  ],
  ["a field that there is not", { "*": { ...leaf, case: "lower" } }, ["*", "case"], /no field of this name/],
  ["a type that there is not", { search: leaf }, ["search"], /./],
  ["a path into a list", { "*": { ...leaf, path: "hits[0].score" } }, ["*", "path"], /each of its entries/],
  ["an empty path", { "*": { ...leaf, path: "" } }, ["*", "path"], /keys with dots/],
  ["an object as a value", { "*": { ...leaf, value: {} } }, ["*", "value"], /a string, a number, true/],
  ["no value", { "*": { op: "equals", path: "a" } }, ["*", "value"], /./],
  [
    "a bound that is no time",
    { "*": { op: "less", path: "a", value: "soon" } },
    ["*", "value"],
    /a number, or a time/,
  ],
  [
    "a time without a zone",
    { "*": { op: "less", path: "a", value: "2026-01-01T00:00:00" } },
    ["*", "value"],
    /a time such as/,
  ],
  ["no conditions in a group", group([]), ["*", "conditions"], /at least 1/],
  [
    "too many values",
    { "*": { op: "in", path: "a", values: Array(101).fill(1) } },
    ["*", "values"],
    /at most 100/,
  ],
  [
    "what is wrong deep inside",
    group([leaf, { op: "not", condition: { ...leaf, op: "prefix" } }]),
    ["*", "conditions", 1, "condition", "value"],
    /string/,
  ],
  [
    "six levels",
    { "*": nested(6) },
    ["*", "condition", "condition", "condition", "condition", "condition"],
    /at most 5 deep/,
  ],
  [
    "51 comparisons",
    { "*": { op: "or", conditions: [group(Array(26).fill(leaf))["*"], group(Array(25).fill(leaf))["*"]] } },
    [],
    /At most 50 comparisons fit in all, not 51/,
  ],
  ["over 8 KiB", { "*": { ...leaf, value: "x".repeat(8_192) } }, [], /at most 8192 bytes/],
  ["a list", [leaf], [], /an object/],
])("%s is refused with its path", async (_, conditions, path, message) => {
  const { status, body } = (await create(conditions)) as unknown as { status: number; body: Refusal };
  expect([status, body.errors]).toEqual([
    400,
    [expect.objectContaining({ path: ["conditions", ...path], message: expect.stringMatching(message) })],
  ]);
});

test("a key that objects have of themselves is refused, and not left out", async () => {
  const body = `{"webhook_url":"${url}","events":["*"],"conditions":{"__proto__":{"op":"exists","path":"a","value":true}}}`;
  const refused = await rest<Refusal>("POST", "/webhooks", { key, body });
  expect([refused.status, refused.body.errors[0]?.path]).toEqual([400, ["conditions", "__proto__"]]);
});

test("five levels, 50 comparisons and 100 values are taken", async () => {
  for (const each of [
    nested(5),
    group(Array(50).fill(leaf))["*"],
    { op: "in", path: "a", values: Array(100).fill(1) },
  ])
    expect((await create({ "*": each })).status).toBe(201);
});

describe("a preview", () => {
  const preview = (json: unknown) => rest("POST", "/webhooks/preview-filter", { key, json });
  const publish = (events: { type?: string; data: unknown }[]) =>
    rest<{ id: string }[]>("POST", "/events", {
      key: platformKey,
      json: events.map((event) => ({ customer_id: customer, type: "search_completed", ...event })),
    });
  const search = (hit_count: number) => ({ data: { search_id: "s", hit_count } });

  test("tells what a filter would have done with the latest events, and why", async () => {
    const { body } = await publish([
      search(1),
      search(2),
      search(3),
      { type: "flow_run_failed", data: { flow_run_id: "f" } },
    ]);
    const events = ["search_completed"];
    expect((await preview({ events, conditions: manyHits })).body).toEqual({
      looked: 3,
      matched: 2,
      is_complete: true,
      would: [
        expect.objectContaining({ event_id: body[2]?.id }),
        expect.objectContaining({ event_id: body[1]?.id }),
      ],
      would_not: [
        expect.objectContaining({ event_id: body[0]?.id, why: "data.hit_count is 1, asked for at least 2" }),
      ],
    });
    expect((await preview({ events })).body).toMatchObject({ looked: 3, matched: 3 });
    expect((await preview({ events: ["*"], conditions: manyHits })).body).toMatchObject({
      looked: 4,
      matched: 3,
    });
    expect((await preview({ events: [] })).body).toMatchObject({ looked: 0, is_complete: true });
  });

  test("looks at 500 events, and says that there are more", async () => {
    await publish(Array.from({ length: 501 }, () => search(2)));
    const { body } = await preview({ events: ["search_completed"], conditions: manyHits });
    expect(body).toMatchObject({ looked: 500, matched: 500, is_complete: false });
  });

  test("refuses what a webhook would be refused with", async () => {
    const { status, body } = await preview({ events: ["*"], conditions: { "*": { op: "is" } }, event: 1 });
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('["conditions","*","op"]')]);
    expect(JSON.stringify(body)).toContain('["event"]');
  });
});

test("what its content kept from a webhook is told with the event, as it was decided then", async () => {
  const webhook = (await create(manyHits)).body.id;
  const published = await rest<{ id: string; deliveries: number }>("POST", "/events", {
    key: platformKey,
    json: { customer_id: customer, type: "search_completed", data: { search_id: "s", hit_count: 1 } },
  });
  expect(published.body.deliveries).toBe(0);
  await edit(webhook, { conditions: null });
  const { body } = await rest<{ webhooks: unknown[] }>("GET", `/events/${published.body.id}`, { key });
  expect(body.webhooks).toEqual([
    {
      webhook_id: webhook,
      webhook_url: url,
      delivery: null,
      reason: "filtered",
      why: "data.hit_count is 1, asked for at least 2",
    },
  ]);
});
