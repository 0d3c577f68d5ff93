import { createTRPCClient, httpLink } from "@trpc/client";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Api, openApi, publicUrl, rest, trpc } from "../api.fixture";
import type { AppRouter } from "../router";
import { handleTrpc } from "../trpc-http/handle";

let api: Api;
let key: string;
beforeEach(async () => {
  api = await openApi();
  key = (await api.newCustomer()).key;
});
afterEach(() => api.close());

const content = { webhook_url: "https://receiver.example/hook", secret: "a secret of some length" };
const create = (idempotencyKey: string, json: unknown = content) =>
  rest<{ id: string }>("POST", "/webhooks", { key, json, headers: { "idempotency-key": idempotencyKey } });
const count = async () => (await rest<unknown[]>("GET", "/webhooks", { key })).body.length;

describe("a webhook that is made under an Idempotency-Key", () => {
  test("is answered again as it is, with a header that says so", async () => {
    const made = await create("onboarding-4711");
    expect(made.status).toBe(201);
    expect(made.headers.get("idempotent-replayed")).toBeNull();
    await rest("PATCH", `/webhooks/${made.body.id}`, { key, json: { description: "edited" } });
    const again = await create("onboarding-4711");
    expect(again).toMatchObject({ status: 201, body: { id: made.body.id, description: "edited" } });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(await count()).toBe(1);
  });

  test("is one, however many ask at once, and however they order its fields", async () => {
    const { webhook_url, secret } = content;
    const all = await Promise.all([
      ...Array.from({ length: 6 }, () => create("k")),
      create("k", { secret, webhook_url, is_active: true }),
    ]);
    expect(new Set(all.map(({ body }) => body.id)).size).toBe(1);
    expect(all.filter(({ headers }) => headers.has("idempotent-replayed"))).toHaveLength(6);
    expect(await count()).toBe(1);
  });

  test("is refused with another content, be it only the secret", async () => {
    await create("k");
    const other = await create("k", { ...content, secret: "another secret of some length" });
    expect(other).toMatchObject({ status: 409, body: { code: "idempotency_key_reused" } });
    expect(await count()).toBe(1);
  });

  test("is not made again once it was deleted", async () => {
    const { body } = await create("k");
    await rest("DELETE", `/webhooks/${body.id}`, { key });
    expect(await create("k")).toMatchObject({ status: 409, body: { code: "webhook_deleted" } });
  });

  test("is remembered for 24 hours", async () => {
    const { body } = await create("k");
    api.clock.now += 24 * 3600 * 1000;
    const next = await create("k");
    expect(next.status).toBe(201);
    expect(next.body.id).not.toBe(body.id);
  });

  test("is told once over tRPC as well, and shares its keys with REST", async () => {
    const { body } = await create("k");
    const asked = { key, headers: { "idempotency-key": "k" } };
    const again = await trpc<{ id: string }>("mutation", "webhooks.create", content, asked);
    expect(again).toMatchObject({ status: 200, data: { id: body.id } });
    expect(again.headers.get("idempotent-replayed")).toBe("true");
  });
});

test("tRPC's own client gives a key with a call's context", async () => {
  const { webhooks } = createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${publicUrl}/api/trpc`,
        headers: ({ op }) => ({ "x-api-key": key, ...(op.context.headers as Record<string, string>) }),
        fetch: (input, init) => handleTrpc(new Request(input as string, init as RequestInit)),
      }),
    ],
  });
  const context = { headers: { "idempotency-key": "k" } };
  const made = await webhooks.create.mutate(content, { context });
  expect(await webhooks.create.mutate(content, { context })).toEqual(made);
});

test.each([
  ["nothing", ""],
  ["256 characters", "k".repeat(256)],
  ["what is no ASCII", "sch\u00f6n"],
  ["a tab", "a\tb"],
])("a key of %s is refused", async (_, idempotencyKey) => {
  expect(await create(idempotencyKey)).toMatchObject({
    status: 400,
    body: { errors: [{ path: ["Idempotency-Key"] }] },
  });
  expect(await count()).toBe(0);
});

test("a key of 255 characters is taken, and what was refused is not remembered", async () => {
  const longest = "k".repeat(255);
  expect(await create(longest, { webhook_url: "http://receiver.example" })).toMatchObject({ status: 400 });
  expect(await create(longest)).toMatchObject({ status: 201 });
});

test("the store keeps nothing that a secret could be guessed at with", async () => {
  const digests = new Set<string>();
  const { store } = api.runtime;
  const { createWebhookOnce } = store;
  store.createWebhookOnce = (webhook, creation, by) => {
    digests.add(creation.digest);
    return createWebhookOnce(webhook, creation, by);
  };
  await create("k");
  Object.assign(api.runtime.env, { authSecret: "another secret, also of forty characters" });
  expect(await create("k")).toMatchObject({ status: 409 });
  expect(digests.size).toBe(2);
});
