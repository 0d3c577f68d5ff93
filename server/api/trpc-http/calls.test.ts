import { createTRPCClient, httpBatchLink, TRPCClientError } from "@trpc/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Api, openApi, publicUrl, rest, toRequest, trpc } from "../api.fixture";
import type { AppRouter } from "../router";
import { handleTrpc } from "./handle";

let api: Api;
let key: string;
beforeEach(async () => {
  api = await openApi();
  key = (await api.newCustomer()).key;
});
afterEach(() => api.close());

/** tRPC's own client, with batching, over the handler. */
const client = () =>
  createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${publicUrl}/api/trpc`,
        headers: { "x-api-key": key },
        fetch: (input, init) => handleTrpc(new Request(input as string, init as RequestInit)),
      }),
    ],
  });

const post = (path: string, body: string) =>
  handleTrpc(toRequest("POST", `/api/trpc/${path}`, { key, body }));

test("the client makes, changes and reads a webhook, in batches", async () => {
  const { webhooks, eventTypes } = client();
  const made = await webhooks.create.mutate({ webhook_url: "https://receiver.example/hook" });
  await webhooks.update.mutate({ webhook_id: made.id, is_active: false });
  const [read, list, types] = await Promise.all([
    webhooks.get.query({ webhook_id: made.id }),
    webhooks.list.query(),
    eventTypes.list.query(),
  ]);
  expect(read).toMatchObject({ id: made.id, status: "disabled" });
  expect(list).toEqual([read]);
  expect(types).toHaveLength(7);
  expect(await webhooks.delete.mutate({ webhook_id: made.id })).toBeNull();
});

test("lists that page answer items and a cursor", async () => {
  await api.newWebhook(key);
  expect(await client().deliveries.list.query({})).toMatchObject({ items: [], next_cursor: null });
  expect(await client().events.list.query({})).toMatchObject({ items: [], next_cursor: null });
});

test("a list of deliveries leaves request and response out where they are not wanted", async () => {
  const { id, key } = await api.newCustomer();
  await api.newWebhook(key);
  await rest("POST", "/events", {
    json: { customer_id: id, type: "search_completed", data: { search_id: "s" } },
  });
  type Page = { items: object[] };
  const { data: full } = await trpc<Page>("query", "deliveries.list", {}, { key });
  expect(full?.items[0]).toMatchObject({ request: { headers: {} }, response: null });
  const { data: lean } = await trpc<Page>("query", "deliveries.list", { content: false }, { key });
  expect(lean?.items).toHaveLength(1);
  expect(lean?.items[0]).not.toHaveProperty("request");
  expect(lean?.items[0]).not.toHaveProperty("response");
});

describe("errors", () => {
  test("carry code, status and every bad field, and nothing of the server's insides", async () => {
    const caught = await client()
      .webhooks.create.mutate({ webhook_url: "http://receiver.example", events: ["nothing"] })
      .catch((error) => error);
    expect(caught).toBeInstanceOf(TRPCClientError);
    expect(caught.data).toEqual({
      code: "BAD_REQUEST",
      httpStatus: 400,
      path: "webhooks.create",
      errors: [
        { path: ["webhook_url"], message: expect.any(String), code: "custom" },
        { path: ["events", 0], message: expect.any(String), code: "invalid_value" },
      ],
    });
  });

  test.each(["none", "a\0b", "0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47"])(
    "an id like %j is not found",
    async (id) => {
      const { status, error } = await trpc("query", "webhooks.get", { webhook_id: id }, { key });
      expect([status, error?.data.code]).toEqual([404, "NOT_FOUND"]);
    },
  );

  test("a call of another version tells an open page what helps", async () => {
    const { status, error } = await trpc("query", "webhooks.gone", undefined, { key });
    expect([status, error?.data.code]).toEqual([404, "NOT_FOUND"]);
    expect(error?.message).toBe(
      "There is no such call in this version of Fanfare. A page that was open during an upgrade has to be loaded anew.",
    );
  });

  test("an eleventh webhook is a conflict", async () => {
    for (let made = 0; made < 10; made++) await api.newWebhook(key);
    const { error } = await trpc(
      "mutation",
      "webhooks.create",
      { webhook_url: "https://a.example" },
      { key },
    );
    expect(error?.data).toMatchObject({ code: "CONFLICT", httpStatus: 409 });
  });

  test("a fault of ours tells a request id and no more", async () => {
    await api.close();
    const { status, error } = await trpc("query", "webhooks.list", undefined, { key });
    expect(status).toBe(500);
    expect(error).toMatchObject({ message: expect.stringMatching(/request id [0-9a-f-]{36}\.$/) });
    expect(JSON.stringify(error)).not.toMatch(/database|sqlite|stack|node_modules/i);
    api = await openApi();
  });
});

describe("bodies", () => {
  test("that would not survive are refused in tRPC's own shape", async () => {
    const response = await post("webhooks.create", '{"webhook_url":"https://a.example","n":1e400,"n":1}');
    expect(response.status).toBe(400);
    const { error } = await response.json();
    expect(error.data).toMatchObject({ code: "BAD_REQUEST", httpStatus: 400 });
    expect(error.data.errors).toMatchObject([
      { path: ["n"], code: "inexact_number" },
      { path: ["n"], code: "duplicate_key" },
    ]);
  });

  test("are refused in a batch for each call of it", async () => {
    const response = await post("webhooks.create,webhooks.create?batch=1", '{"0":{},"1":{"n":1e400}}');
    const answers: { error: { data: object } }[] = await response.json();
    expect(answers.map(({ error }) => error.data)).toMatchObject([{ httpStatus: 400 }, { httpStatus: 400 }]);
  });

  test.each(["{", "[]", "null", "1", "", "\ufeff{}", '{"__proto__":{"a":1}}'])(
    "that are %j are bad input",
    async (body) => {
      expect((await post("webhooks.create", body)).status).toBe(400);
    },
  );

  test("over 256 KiB are refused, and 5 MiB for publishing", async () => {
    const sized = (bytes: number) => JSON.stringify({ description: "x".repeat(bytes) });
    expect((await post("webhooks.create", sized(256 * 1024))).status).toBe(413);
    const batch = await post("webhooks.create,events.publish?batch=1", sized(256 * 1024));
    expect((await batch.json())[0].error.data.httpStatus).toBe(413);
    const publish = (bytes: number) =>
      handleTrpc(toRequest("POST", "/api/trpc/events.publish", { body: sized(bytes) }));
    expect((await publish(5 * 1024 * 1024)).status).toBe(413);
    const oneEvent = await publish(4 * 1024 * 1024);
    expect([oneEvent.status, (await oneEvent.json()).error.data.code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
  });

  test("are not read for those who may not call", async () => {
    const body = new ReadableStream(
      { pull: () => Promise.reject(new Error("It was read.")) },
      { highWaterMark: 0 },
    );
    const response = await handleTrpc(toRequest("POST", "/api/trpc/webhooks.create", { key: null, body }));
    expect(response.status).toBe(401);
  });

  test("of publishing are read no further for those who may not publish", async () => {
    let pulled = 0;
    const body = new ReadableStream(
      {
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(64 * 1024));
        },
      },
      { highWaterMark: 0 },
    );
    const response = await handleTrpc(toRequest("POST", "/api/trpc/events.publish", { key, body }));
    expect([response.status, pulled]).toEqual([403, 5]);
  });

  test("that end too early are refused, and are no fault and no empty call", async () => {
    const body = new ReadableStream({ pull: () => Promise.reject(new Error("The connection is lost.")) });
    const response = await handleTrpc(toRequest("POST", "/api/trpc/webhooks.create", { key, body }));
    expect([response.status, (await response.json()).error.message]).toEqual([
      400,
      "The body ended before it was complete.",
    ]);
  });

  test("of publishing keep a key named __proto__", async () => {
    const { id, key } = await api.newCustomer();
    const body = `{"customer_id":"${id}","type":"search_completed","id":"e","data":{"search_id":"s","__proto__":{"a":1}}}`;
    const response = await handleTrpc(toRequest("POST", "/api/trpc/events.publish", { body }));
    expect((await response.json()).result.data).toEqual({ id: "e", deliveries: 0 });
    const read = await rest<{ data: object }>("GET", "/events/e", { key });
    expect(Object.hasOwn(read.body.data, "__proto__")).toBe(true);
  });
});

describe("addresses", () => {
  test.each([
    "nothing",
    "webhooks",
    "constructor",
    "__proto__",
    "webhooks.list.call",
    "%E0%A4%A",
    "",
    "webhooks.list,nothing?batch=1",
  ])("%j leads to no fault of ours", async (path) => {
    const response = await handleTrpc(toRequest("GET", `/api/trpc/${path}`, { key }));
    expect([404, 405, 207]).toContain(response.status);
  });

  test.each(["{", "1e400", "%00", '{"webhook_id":{"a":[]}}', "[1]"])(
    "the input %j is bad input",
    async (input) => {
      const response = await handleTrpc(toRequest("GET", `/api/trpc/webhooks.get?input=${input}`, { key }));
      expect(response.status).toBe(400);
    },
  );

  test.each([
    ["GET", "webhooks.create", 405, "POST"],
    ["OPTIONS", "webhooks.list", 204, "GET, POST"],
  ])("%s of %s answers %i and allows %s", async (method, name, status, allow) => {
    const response = await handleTrpc(toRequest(method, `/api/trpc/${name}`, { key }));
    expect([response.status, response.headers.get("allow")]).toEqual([status, allow]);
  });

  test("a batch has a limit", async () => {
    const path = Array(21).fill("webhooks.list").join(",");
    expect((await handleTrpc(toRequest("GET", `/api/trpc/${path}?batch=1`, { key }))).status).toBe(400);
  });
});

test("a rate limit counts each call of a batch, and tells how long to wait", async () => {
  await api.close();
  api = await openApi({ rateLimit: 3 });
  const { key } = await api.newCustomer();
  const batch = () =>
    handleTrpc(toRequest("GET", "/api/trpc/webhooks.list,eventTypes.list?batch=1", { key }));
  expect((await batch()).status).toBe(200);
  const second = await batch();
  expect([second.status, second.headers.get("retry-after")]).toEqual([429, "60"]);
});
