import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { turnsDuring } from "@/db/waiting.kit";
import { eventTypes } from "@/domain/event/catalogue";
import { type Api, openApi, rest, trpc } from "../api.fixture";

let api: Api;
let customer: { id: string; key: string };
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
});
afterEach(() => api.close());

const sample = { search_id: "s-1" };
const event = (fields: Record<string, unknown> = {}) => ({
  customer_id: customer.id,
  type: "search_completed",
  data: sample,
  ...fields,
});
const publish = <Body = unknown>(json: unknown) => rest<Body>("POST", "/events", { json });
const listed = async () => (await rest<{ id: string }[]>("GET", "/events", { key: customer.key })).body;

describe("publishing", () => {
  test("answers how many webhooks an event goes to", async () => {
    await api.newWebhook(customer.key);
    await api.newWebhook(customer.key, { events: ["flow_run_failed"] });
    await api.newWebhook(customer.key, { is_active: false });
    const { status, body } = await publish(event());
    expect([status, body]).toEqual([
      202,
      { id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/), deliveries: 1 },
    ]);
  });

  test("takes an array, also an empty one, and answers in its order", async () => {
    const { status, body } = await publish([event({ id: "b" }), event({ id: "a" })]);
    expect([status, body]).toEqual([
      202,
      [
        { id: "b", deliveries: 0 },
        { id: "a", deliveries: 0 },
      ],
    ]);
    expect(await publish([])).toMatchObject({ status: 202, body: [] });
  });

  test("of many events lets others in between, whether it takes or refuses them", async () => {
    const many = Array.from({ length: 1_000 }, () => event());
    expect(await turnsDuring(publish(many))).toBeGreaterThan(30);
    const refused = many.map((each, index) => (index > 950 ? { ...each, data: [] } : each));
    expect(await turnsDuring(publish(refused))).toBeGreaterThan(15);
  });

  test("takes every type's sample", async () => {
    const all = eventTypes.map(({ type, sample: data }) => event({ type, data }));
    expect((await publish(all)).status).toBe(202);
  });

  test("the same event again is a duplicate, whatever the order of its keys", async () => {
    const data = { search_id: "s-1", more: { a: 1, b: [1.5, "x"] } };
    const again = { more: { b: [1.5, "x"], a: 1 }, search_id: "s-1" };
    await publish(event({ id: "once", data }));
    const { body } = await publish([
      event({ id: "once", data: again }),
      event({ id: "new" }),
      event({ id: "new" }),
    ]);
    expect(body).toEqual([
      { id: "once", deliveries: 0, duplicate: true },
      { id: "new", deliveries: 0 },
      { id: "new", deliveries: 0, duplicate: true },
    ]);
  });

  test("the same id with other content is a conflict that names the index, and nothing is kept", async () => {
    await publish(event({ id: "once" }));
    const { status, body } = await publish([
      event({ id: "new" }),
      event({ id: "once", data: { search_id: "s-2" } }),
    ]);
    expect(status).toBe(409);
    expect(body).toMatchObject({ errors: [{ path: [1, "id"] }] });
    expect(await listed()).toMatchObject([{ id: "once" }]);
  });

  test("an unknown customer is not found, by index, and nothing is kept", async () => {
    const { status, body } = await publish([event(), event({ customer_id: "nobody" })]);
    expect(status).toBe(404);
    expect(body).toMatchObject({ errors: [{ path: [1, "customer_id"] }] });
    expect((await publish(event({ customer_id: "no\0body" }))).status).toBe(404);
    expect(await listed()).toEqual([]);
  });

  test("every bad field of every event is told", async () => {
    const bad = [
      event({ id: "a b", data: { search_id: 1, hit_count: "two" } }),
      event(),
      event({ type: "nothing", customer_id: 1 }),
      event({ data: undefined }),
      "no event",
    ];
    const { status, body } = await publish<{ errors: { path: unknown[] }[] }>(bad);
    expect(status).toBe(400);
    expect(body.errors.map(({ path }) => path.join("."))).toEqual([
      "0.id",
      "0.data.search_id",
      "0.data.hit_count",
      "2.customer_id",
      "2.type",
      "3.data",
      "4",
    ]);
  });

  test("one event's data is told without an index", async () => {
    const { body } = await publish(event({ data: [] }));
    expect(body).toMatchObject({ errors: [{ path: ["data"] }] });
    expect(await publish({})).toMatchObject({
      status: 400,
      body: { errors: [{ path: ["customer_id"] }, { path: ["type"] }, { path: ["data"] }] },
    });
  });

  test("up to 1000 events fit in one call", async () => {
    const many = (count: number) => Array.from({ length: count }, () => event());
    expect((await publish(many(1000))).status).toBe(202);
    expect((await publish(many(1001))).status).toBe(400);
  });

  test("one event is at most 256 KiB of JSON, and a call 5 MiB", async () => {
    const sized = (bytes: number) => {
      const padded = (padding: string) => event({ id: "sized", data: { ...sample, padding } });
      return padded("x".repeat(bytes - JSON.stringify(padded("")).length));
    };
    expect((await publish(sized(256 * 1024))).status).toBe(202);
    expect((await publish(sized(256 * 1024 + 1))).status).toBe(413);
    const { status, body } = await publish([event(), sized(256 * 1024 + 1)]);
    expect([status, body]).toMatchObject([413, { errors: [{ path: [1] }] }]);
    const tooMuch = Array.from({ length: 21 }, (_, index) => ({ ...sized(250 * 1024), id: `e-${index}` }));
    expect((await publish(tooMuch)).status).toBe(413);
  });

  test("data lies at most 64 levels deep, in an array or alone", async () => {
    const deep = (levels: number) => event({ data: { ...sample, deep: nested(levels - 1) } });
    for (const wrap of [(one: unknown) => one, (one: unknown) => [one]]) {
      expect((await publish(wrap(deep(64)))).status).toBe(202);
      expect((await publish(wrap(deep(65)))).status).toBe(400);
    }
  });

  test("data is kept exactly, with a key named __proto__ too", async () => {
    const data =
      '{"search_id":"s-1","__proto__":{"a":1},"numbers":[0.1,1e21,-0.5],"text":"\\u0000 \\ud800 é"}';
    const body = `{"customer_id":"${customer.id}","type":"search_completed","id":"exact","data":${data}}`;
    expect((await rest("POST", "/events", { body })).status).toBe(202);
    const read = await rest<{ data: unknown }>("GET", "/events/exact", { key: customer.key });
    expect(JSON.stringify(read.body.data)).toBe(JSON.stringify(JSON.parse(data)));
  });
});

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

describe("events", () => {
  test("are listed newest first, page by page, until no link leads on", async () => {
    await publish(["a", "b", "c"].map((id) => event({ id })));
    const first = await rest("GET", "/events?page_size=2&type=search_completed", { key: customer.key });
    expect(first.body).toMatchObject([{ id: "c", type: "search_completed", data: sample }, { id: "b" }]);
    const link = first.headers.get("link") ?? "";
    expect(link).toMatch(
      /^<https:\/\/hooks\.example\/events\?page_size=2&type=search_completed&cursor=[^>]+>; rel="next"$/,
    );
    const { pathname, search } = new URL(link.slice(1, link.indexOf(">")));
    const second = await rest("GET", `${pathname}${search}`, { key: customer.key });
    expect(second.body).toMatchObject([{ id: "a" }]);
    expect(second.headers.has("link")).toBe(false);
  });

  test("refuse a search's cursor without what was searched for", async () => {
    const webhook = await api.newWebhook(customer.key);
    const refused = { status: 400, body: { errors: [{ path: ["cursor"] }] } };
    for (const path of ["/events", `/webhooks/${webhook}/events`]) {
      expect(await rest("GET", `${path}?cursor=v1.1`, { key: customer.key })).toMatchObject(refused);
    }
  });

  test("can be asked for since a time, in any zone", async () => {
    await publish(event({ id: "before" }));
    api.clock.now += 3_600_000;
    await publish(event({ id: "after" }));
    const since = new Date(api.clock.now - 1_800_000).toISOString().replace("Z", "%2B00:00");
    expect((await rest("GET", `/events?since=${since}`, { key: customer.key })).body).toMatchObject([
      { id: "after" },
    ]);
  });

  test("tell per webhook what came of them, or why nothing did", async () => {
    const matching = await api.newWebhook(customer.key);
    const other = await api.newWebhook(customer.key, { events: ["flow_run_failed"] });
    const off = await api.newWebhook(customer.key, { is_active: false });
    await publish(event({ id: "traced" }));
    const later = await api.newWebhook(customer.key);
    const { status, body } = await rest<{ webhooks: { webhook_id: string }[] }>(
      "GET",
      "/events/traced",
      customer,
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: "traced", type: "search_completed", data: sample, deliveries: 1 });
    const told = new Map(body.webhooks.map((trace) => [trace.webhook_id, trace]));
    expect(told.get(matching)).toMatchObject({ delivery: { id: "traced", status: "pending" }, reason: null });
    expect(told.get(other)).toMatchObject({ delivery: null, reason: "not_subscribed" });
    expect(told.get(off)).toMatchObject({ delivery: null, reason: "inactive" });
    expect(told.get(later)).toMatchObject({ delivery: null, reason: "created_later" });
  });

  test("tell what holds their deliveries, and the dashboard more, which REST keeps to itself", async () => {
    const webhook = await api.newWebhook(customer.key);
    await publish(event({ id: "traced" }));
    await rest("PATCH", `/webhooks/${webhook}`, { key: customer.key, json: { is_active: false } });
    const input = { event_id: "traced", details: true };
    const { data } = await trpc("query", "events.get", input, customer);
    const details = { in_flight: false, tries: 0 };
    const held = { id: "traced", held: "inactive" };
    expect(data).toMatchObject({ webhooks: [{ delivery: { ...held, details } }] });
    const { body } = await rest("GET", "/events/traced", customer);
    expect(body).toMatchObject({ webhooks: [{ delivery: held }] });
    expect(body).not.toHaveProperty("webhooks.0.delivery.details");
    expect((await rest("GET", "/events/traced?details=true", customer)).status).toBe(400);
  });

  test("of another customer do not exist", async () => {
    await publish(event({ id: "theirs" }));
    const { key } = await api.newCustomer();
    expect((await rest("GET", "/events/theirs", { key })).status).toBe(404);
    expect((await rest("GET", "/events", { key })).body).toEqual([]);
  });
});

test("what the service tells of webhooks is among the event types where it is asked for", async () => {
  const { body } = await rest<{ type: string }[]>("GET", "/event-types?include=notices");
  expect(body.map(({ type }) => type).slice(6, 9)).toEqual([
    "flow_run_failed",
    "webhook.failing",
    "webhook.recovered",
  ]);
  expect((await rest("GET", "/event-types?include=everything")).status).toBe(400);
});

test("any key reads the event types, with JSON Schema and a sample", async () => {
  for (const asked of [{}, { key: customer.key }]) {
    const { status, body } = await rest<unknown[]>("GET", "/event-types", asked);
    expect([status, body.length]).toEqual([200, 7]);
    expect(body[0]).toEqual({
      type: "cdd_state_changed",
      description: "The state of a CDD changes to either inconclusive or complete.",
      target_type: "CDD",
      schema: expect.objectContaining({ type: "object", required: expect.any(Array) }),
      sample: expect.objectContaining({ state: "complete" }),
    });
  }
});
