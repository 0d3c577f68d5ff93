import { afterEach, beforeEach, expect, test } from "vitest";
import { turn } from "@/db/contract.kit";
import { type Api, openApi, rest } from "../api.fixture";
import { type Message, type OpenStream, openStream } from "./live.fixture";

/** Contract: streams of one key or person, and of one customer. */
const perCaller = 20;
const perCustomer = 100;

let api: Api;
let customer: { id: string; key: string };
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  await api.newWebhook(customer.key);
});
afterEach(async () => {
  for (const { leave } of streams.splice(0)) leave();
  await api.close();
});

const streams: OpenStream[] = [];

async function listen(key = customer.key, headers: Record<string, string> = {}) {
  const stream = await openStream({}, { key, headers });
  streams.push(stream);
  return stream;
}

/** So many streams that have begun. */
async function listenOften(count: number, key = customer.key) {
  const open = await Promise.all(Array.from({ length: count }, () => listen(key)));
  for (const { next } of open) expect(await next()).toMatchObject({ event: "connected" });
  return open;
}

const publish = (id: string, to = customer) => {
  const json = { customer_id: to.id, type: "search_completed", data: { search_id: "s" }, id };
  return rest("POST", "/events", { json });
};

/** Counts how often the store is asked for the changes of each customer. */
function countLooks(): Map<string, number> {
  const { store } = api.runtime;
  const looks = new Map<string, number>();
  const { listChanges } = store;
  store.listChanges = (customerId, range) => {
    looks.set(customerId, (looks.get(customerId) ?? 0) + 1);
    return listChanges(customerId, range);
  };
  return looks;
}

test("streams of one customer share one look at what changed", async () => {
  const open = await listenOften(perCaller);
  const looks = countLooks();
  await publish("one");
  for (const { next } of open) expect(await next()).toMatchObject({ data: { id: "one" } });
  expect(looks.get(customer.id)).toBeLessThanOrEqual(2);
});

test("streams that come in between and behind miss nothing", async () => {
  const first = await listen();
  await first.next();
  await publish("one");
  const { id: position = "" } = (await first.next()) as Message;
  await publish("two");
  const between = await openStream({ lastEventId: position }, { key: customer.key });
  streams.push(between);
  const behind = await openStream({ lastEventId: "0.0" }, { key: customer.key });
  streams.push(behind);
  await publish("three");
  for (const [stream, ids] of [
    [first, ["two", "three"]],
    [between, ["two", "three"]],
    [behind, ["one", "two", "three"]],
  ] as const) {
    for (const id of ids) {
      const message = (await stream.next()) as Message;
      expect(message.event === "connected" ? await stream.next() : message).toMatchObject({ data: { id } });
    }
  }
});

test("in a flood every stream is told how every delivery ended, and no state twice", async () => {
  const open = await listenOften(3);
  const ids = Array.from({ length: 600 }, (_, n) => `flood-${n}`);
  const event = { customer_id: customer.id, type: "search_completed", data: { search_id: "s" } };
  await rest("POST", "/events", { json: ids.map((id) => ({ ...event, id })) });
  while ((await turn(api, 200)).length > 0);
  for (const { next } of open) {
    const delivered = new Set<string>();
    for (let told = 0; delivered.size < ids.length; told += 1) {
      expect(told).toBeLessThan(2 * ids.length);
      const { data } = (await next()) as Message;
      if (data.status === "delivered") delivered.add(data.id);
    }
    expect([...delivered].sort()).toEqual([...ids].sort());
  }
});

test("streams cost nothing while only others publish", async () => {
  const other = await api.newCustomer();
  await api.newWebhook(other.key);
  const idle = await listenOften(perCaller);
  await publish("before");
  for (const { next } of idle) expect(await next()).toMatchObject({ data: { id: "before" } });
  const [theirs] = await listenOften(1, other.key);
  const looks = countLooks();
  for (const id of ["one", "two", "three"]) {
    await publish(id, other);
    expect(await theirs?.next()).toMatchObject({ data: { id } });
  }
  expect(looks.get(customer.id)).toBeUndefined();
});

test("a key has so many streams; one more is refused until one ends, in words and with a time to wait", async () => {
  const open = await listenOften(perCaller);
  const refused = await listen();
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(JSON.parse(await refused.text())).toMatchObject({
    error: { message: expect.stringContaining("20 live streams"), data: { code: "TOO_MANY_REQUESTS" } },
  });
  open[0]?.leave();
  expect(await open[0]?.next()).toBe("ended");
  expect((await listen()).status).toBe(200);
});

test("a customer has so many streams, whatever the number of its keys; others are not touched", async () => {
  for (let count = 0; count < perCustomer; count += perCaller) {
    const { body } = await rest<{ key: string }>("POST", `/customers/${customer.id}/api-keys`, { json: {} });
    await listenOften(perCaller, body.key);
  }
  const asPlatform = { "x-customer-id": customer.id };
  expect((await listen(api.runtime.env.platformApiKey, asPlatform)).status).toBe(429);
  const other = await api.newCustomer();
  expect((await listen(other.key)).status).toBe(200);
});

test("a stream that is refused for another reason takes no place", async () => {
  const unknown = { webhook_id: "0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47" };
  for (let count = 0; count < perCaller; count += 1) {
    const refused = await openStream(unknown, { key: customer.key });
    expect(await refused.text()).toContain("serialized-error");
  }
  await listenOften(perCaller);
});
