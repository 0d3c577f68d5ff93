import { afterEach, beforeEach, expect, test } from "vitest";
import { turn } from "@/db/contract.kit";
import { type Api, openApi, platformKey, publicUrl, rest, trpc } from "../api.fixture";
import { type Message, type OpenStream, openStream } from "./live.fixture";

let api: Api;
let customer: { id: string; key: string };
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key);
});
afterEach(async () => {
  for (const { leave } of streams.splice(0)) leave();
  await api.close();
});

const streams: OpenStream[] = [];

async function listen(
  input: object = {},
  headers: Record<string, string> = {},
  key: string | null = customer.key,
) {
  const stream = await openStream(input, { key, headers });
  streams.push(stream);
  const first = await stream.next();
  return { ...stream, first };
}

const publish = (id: string, customerId = customer.id) => {
  const json = { customer_id: customerId, type: "search_completed", data: { search_id: "s" }, id };
  return rest("POST", "/events", { json });
};

test("the latest state of what changes is told, without request and response", async () => {
  const { next, first, headers } = await listen();
  expect(headers.get("content-type")).toBe("text/event-stream");
  expect(first).toMatchObject({ event: "connected", id: expect.any(String) });
  await publish("one");
  expect(await next()).toMatchObject({
    event: "message",
    id: expect.any(String),
    data: { id: "one", status: "pending" },
  });
  await turn(api, 200);
  const second = await next();
  expect(second).toMatchObject({ data: { id: "one", status: "delivered", status_code: 200 } });
  expect(second).not.toHaveProperty("data.request");
  expect(second).not.toHaveProperty("data.response");
});

test("whoever comes back with the last id misses nothing, by header or by input", async () => {
  const before = await listen();
  await publish("one");
  const { id = "" } = (await before.next()) as Message;
  before.leave();
  await publish("two");
  for (const again of [await listen({ lastEventId: id }), await listen({}, { "last-event-id": id })]) {
    expect(await again.next()).toMatchObject({ data: { id: "two" } });
  }
});

test("the id of the first message is a place to come back to, before anything has changed", async () => {
  const before = await listen();
  const { id = "" } = before.first as Message;
  before.leave();
  await publish("one");
  expect(await (await listen({}, { "last-event-id": id })).next()).toMatchObject({ data: { id: "one" } });
});

test("a stream of one webhook tells of no other", async () => {
  const other = await api.newWebhook(customer.key, { events: ["flow_run_failed"] });
  const { next } = await listen({ webhook_id: other });
  await publish("not this");
  const json = { customer_id: customer.id, type: "flow_run_failed", data: { flow_run_id: "f" }, id: "this" };
  await rest("POST", "/events", { json });
  expect(await next()).toMatchObject({ data: { id: "this", webhook_id: other } });
  expect(webhook).not.toBe(other);
});

test("a stream ends with the key that opened it", async () => {
  const { next } = await listen();
  const keys = await rest<{ id: string }[]>("GET", `/customers/${customer.id}/api-keys`);
  await rest("DELETE", `/customers/${customer.id}/api-keys/${keys.body[0]?.id}`);
  await publish("unseen");
  expect(await next()).toMatchObject({ event: "serialized-error", data: { data: { code: "UNAUTHORIZED" } } });
});

test("a stream ends with the membership of who opened it", async () => {
  const owner = await api.signUp("owner@example.com");
  const headers = { cookie: owner, origin: publicUrl };
  const invite = await trpc<{ url: string }>(
    "mutation",
    "team.invite",
    { role: "viewer" },
    { key: null, headers },
  );
  const viewer = await api.signUp("viewer@example.com", invite.data?.url);
  const team = await trpc<{ user_id: string }[]>("query", "team.list", undefined, { key: null, headers });
  const session = await trpc<{ customer: { id: string } }>("query", "session.get", undefined, {
    key: null,
    headers,
  });
  const { next } = await listen({}, { cookie: viewer }, null);
  await trpc("mutation", "team.remove", { user_id: team.data?.[1]?.user_id }, { key: null, headers });
  await api.newWebhook(platformKey, {}, { "x-customer-id": session.data?.customer.id ?? "" });
  await publish("unseen", session.data?.customer.id);
  expect(await next()).toMatchObject({ event: "serialized-error", data: { data: { code: "UNAUTHORIZED" } } });
});

test("a page of another customer than its session is of now gets no stream", async () => {
  const { id } = await api.newCustomer();
  const { next } = await listen({ customer_id: id });
  expect(await next()).toMatchObject({ event: "serialized-error", data: { data: { code: "UNAUTHORIZED" } } });
  const own = await listen({ customer_id: customer.id });
  await publish("one");
  expect(await own.next()).toMatchObject({ data: { id: "one" } });
});

test("a malformed position is bad input, not a fault", async () => {
  const { next } = await listen({}, { "last-event-id": "x" });
  expect(await next()).toMatchObject({ event: "serialized-error", data: { data: { httpStatus: 400 } } });
});

test("a client that goes away ends the stream", async () => {
  const { next, leave } = await listen();
  const ending = next();
  leave();
  expect(await ending).toBe("ended");
});
