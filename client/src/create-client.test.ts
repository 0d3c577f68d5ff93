import { afterEach, describe, expect, test } from "vitest";
import { createFanfareClient } from "./create-client";
import { FanfareError } from "./fanfare-error";
import { type Answer, json, result, startServer } from "./server.fixture";

let close = () => {};
afterEach(() => close());

async function clientOf(...answers: Answer[]) {
  const server = await startServer(...answers);
  close = server.close;
  const client = createFanfareClient({ url: `${server.url}/base/`, apiKey: "fk_key", customerId: "crm 1" });
  return { client, seen: server.seen };
}

const refusal = (code: string, httpStatus: number, more: object = {}) => ({
  error: { message: "No.", code: -32_000, data: { code, httpStatus, ...more } },
});
const event = { customer_id: "c1", type: "search_completed", data: { search_id: "s1" } } as const;
const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable(),
    (error) => error,
  );

describe("a call", () => {
  test("that asks is a GET with its input in the address, by the key for the customer", async () => {
    const { client, seen } = await clientOf(result({ items: [], next_cursor: null }));
    expect(await client.deliveries.list({ page_size: 1, status: undefined })).toEqual({
      items: [],
      next_cursor: null,
    });
    expect(seen).toMatchObject([
      { method: "GET", headers: { "x-api-key": "fk_key", "x-customer-id": "crm 1" } },
    ]);
    expect(seen[0]?.url.pathname).toBe("/base/api/trpc/deliveries.list");
    expect(seen[0]?.url.searchParams.get("input")).toBe('{"page_size":1}');
  });

  test("that changes is a POST of JSON", async () => {
    const { client, seen } = await clientOf(result({ id: "w1" }), result(null));
    await client.webhooks.create({ webhook_url: "https://a.example/" });
    await client.apiKeys.create();
    expect(seen).toMatchObject([
      { method: "POST", body: '{"webhook_url":"https://a.example/"}' },
      { method: "POST", body: "{}", headers: { "content-type": "application/json" } },
    ]);
  });

  test("that is refused throws what the answer told", async () => {
    const errors = [{ path: ["webhook_url"], message: "Must be https.", code: "invalid" }];
    const { client } = await clientOf(
      json(400, refusal("BAD_REQUEST", 400, { errors }), { "x-request-id": "r1" }),
    );
    const error = await failureOf(client.webhooks.create({ webhook_url: "http://a.example/" }));
    expect(error).toBeInstanceOf(FanfareError);
    expect(error).toMatchObject({
      message: "No.",
      code: "BAD_REQUEST",
      httpStatus: 400,
      errors,
      requestId: "r1",
    });
  });

  test("that is refused before the API looked throws that too", async () => {
    const { client } = await clientOf(json(413, { error: "Too large.", code: "too_large" }));
    expect(await failureOf(client.webhooks.list())).toMatchObject({
      message: "Too large.",
      code: "TOO_LARGE",
      httpStatus: 413,
    });
  });

  test("that something else answers says so", async () => {
    const { client } = await clientOf((response) => response.end("<html>"));
    expect(await failureOf(client.webhooks.list())).toMatchObject({ code: "UNREADABLE", httpStatus: 200 });
  });

  test("that its caller ends throws the caller's reason, and is not made again", async () => {
    const { client, seen } = await clientOf(() => {});
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(new Error("left")), 50);
    expect(await failureOf(client.webhooks.list(undefined, { signal: cancel.signal }))).toMatchObject({
      message: "left",
    });
    expect(seen).toHaveLength(1);
  });

  test("that gets no answer in time ends", async () => {
    const server = await startServer(() => {});
    close = server.close;
    const client = createFanfareClient({ url: server.url, apiKey: "k", timeoutMs: 50 });
    expect(await failureOf(client.webhooks.delete({ webhook_id: "w1" }))).toMatchObject({
      code: "NETWORK",
      httpStatus: null,
      message: expect.stringContaining("50 ms"),
    });
  });
});

describe("asking again", () => {
  test("a query goes on after a lost connection, and after a 503 no earlier than it says", async () => {
    const away = json(503, refusal("SERVICE_UNAVAILABLE", 503), { "retry-after": "1" });
    const { client, seen } = await clientOf("reset", away, result([]));
    const startedAt = performance.now();
    expect(await client.webhooks.list()).toEqual([]);
    expect(performance.now() - startedAt).toBeGreaterThan(1_000);
    expect(seen).toHaveLength(3);
  });

  test("publishing goes on under one id, which the client made", async () => {
    const { client, seen } = await clientOf("reset", json(502, {}), result({ id: "e1", deliveries: 1 }));
    await client.events.publish(event);
    const ids = seen.map(({ body }) => JSON.parse(body).id);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("publishing keeps an id that is given, and gives each of several its own", async () => {
    const { client, seen } = await clientOf(result([]));
    await client.events.publish([{ ...event, id: "mine" }, event, event]);
    const ids = JSON.parse(seen[0]?.body ?? "").map(({ id }: { id: string }) => id);
    expect(ids[0]).toBe("mine");
    expect(new Set(ids).size).toBe(3);
  });

  test("making a webhook goes on under one key, which the client made, or under one that is given", async () => {
    const { client, seen } = await clientOf("reset", json(502, {}), result({ id: "w1" }));
    await client.webhooks.create({ webhook_url: "https://a.example/" });
    await client.webhooks.create({ webhook_url: "https://a.example/" }, { idempotencyKey: "mine" });
    const keys = seen.map(({ headers }) => headers["idempotency-key"]);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys).toEqual([keys[0], keys[0], keys[0], "mine"]);
  });

  test("what may have been done is not asked again", async () => {
    const { client, seen } = await clientOf("reset");
    const error = await failureOf(client.customers.create({ name: "Northwind" }));
    expect(error).toMatchObject({ code: "NETWORK" });
    expect(seen).toHaveLength(1);
  });

  test("what was refused as too much was not done, and is asked again", async () => {
    const full = json(429, refusal("TOO_MANY_REQUESTS", 429), { "retry-after": "0" });
    const { client, seen } = await clientOf(full, result({ id: "d1" }));
    expect(await client.webhooks.test({ webhook_id: "w1", event_type: "search_completed" })).toEqual({
      id: "d1",
    });
    expect(seen).toHaveLength(2);
  });

  test("whoever is told to wait for long is told, and not kept", async () => {
    const { client } = await clientOf(
      json(429, refusal("TOO_MANY_REQUESTS", 429), { "retry-after": "3600" }),
    );
    expect(await failureOf(client.webhooks.list())).toMatchObject({
      httpStatus: 429,
      retryAfterSeconds: 3_600,
    });
  });
});
