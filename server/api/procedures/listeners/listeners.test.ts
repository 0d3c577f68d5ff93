import { afterEach, beforeEach, expect, test } from "vitest";
import { newEvent } from "@/db/contract.kit";
import { listenerLimits } from "@/domain/limits";
import { standardSignature } from "@/domain/webhook/signature";
import { type Api, openApi, rest, trpc } from "../../api.fixture";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const forwards_to = "http://localhost:4000/hooks";

type Opened = {
  webhook: { id: string; webhook_url: string; listener: object; health: object; has_secret: boolean };
  session: string;
  is_new: boolean;
  pending_count: number;
};
type Taken = {
  event_id: string;
  attempt: number;
  is_test: boolean;
  headers: Record<string, string>;
  body: string;
};

let api: Api;
let customer: { id: string; key: string };
let opened: Opened;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  opened = await open();
});
afterEach(() => api.close());

const ask = <Data>(procedure: string, input: object) =>
  trpc<Data>("mutation", `listeners.${procedure}`, input, { key: customer.key });

async function open(more: object = {}): Promise<Opened> {
  const { data, error } = await ask<Opened>("open", { name: "ada-laptop", forwards_to, secret, ...more });
  if (!data) throw new Error(error?.message);
  return data;
}

const ofSession = () => ({ webhook_id: opened.webhook.id, session: opened.session });

async function take(more: object = {}): Promise<Taken[]> {
  const { data, error } = await ask<{ deliveries: Taken[] }>("take", { ...ofSession(), wait_ms: 0, ...more });
  if (!data) throw new Error(error?.message);
  return data.deliveries;
}

const answer = (status: number, body = "") => ({
  kind: "response",
  status,
  headers: { "content-type": "text/plain", "set-cookie": ["a=1", "b=2"] },
  body: Buffer.from(body).toString("base64"),
  truncated: false,
  duration_ms: 12,
});
const report = (event_id: string, outcome: object, attempt = 1) =>
  ask<{ status: string }>("report", { ...ofSession(), event_id, attempt, outcome });
const publish = (id: string) => api.store.publishEvents([newEvent(customer.id, { id, dataJson: '{"n":1}' })]);
const delivery = async (id: string) =>
  (
    await rest<Record<string, unknown>>("GET", `/webhooks/${opened.webhook.id}/events/${id}`, {
      key: customer.key,
    })
  ).body;

test("a listener is one of the customer's webhooks, by the name of its program", async () => {
  expect(opened).toMatchObject({
    is_new: true,
    pending_count: 0,
    webhook: {
      webhook_url: "fanfare-listen://ada-laptop",
      has_secret: true,
      listener: {
        name: "ada-laptop",
        forwards_to,
        is_connected: true,
        expires_at: new Date(api.clock.now + listenerLimits.keptMs).toISOString(),
      },
    },
  });
  const { body } = await rest<object[]>("GET", "/webhooks", { key: customer.key });
  expect(body).toEqual([opened.webhook]);
});

test("what is taken verifies like what is sent, and its answer is on record as an attempt", async () => {
  await publish("an-event");
  const [taken] = await take();
  expect(taken).toMatchObject({ event_id: "an-event", attempt: 1, is_test: false });
  const { headers = {}, body = "" } = taken ?? {};
  expect(headers).toMatchObject({
    "X-Webhook-Id": opened.webhook.id,
    "webhook-id": "an-event",
    "X-Attempt": "1",
  });
  const signed = { eventId: "an-event", timestamp: headers["webhook-timestamp"] ?? "" };
  expect(headers["webhook-signature"]).toBe(standardSignature(signed, body, secret));

  api.clock.now += 3_000;
  expect((await report("an-event", answer(200, "done"))).data).toEqual({ status: "delivered" });
  const { "webhook-signature": _, "X-Signature": __, ...sent } = headers;
  expect(await delivery("an-event")).toMatchObject({
    status: "delivered",
    attempt_count: 1,
    request: { headers: sent, payload: body },
    response: { body: "done", headers: { "set-cookie": ["a=1", "b=2"] } },
    attempts: [{ duration_ms: 12 }],
  });
  const found = await api.store.getDelivery(customer.id, opened.webhook.id, "an-event");
  expect(found?.attempts[0]?.request?.url).toBe(forwards_to);
});

test("who comes back after being away is told that nobody's place was taken", async () => {
  expect(opened).toMatchObject({ took_over: false });
  api.clock.now += listenerLimits.awayMs + 1;
  expect(await open()).toMatchObject({ is_new: false, took_over: false });
});

test("where a listener forwards to is a URL without a line break or a password", async () => {
  for (const forwards_to of ["http://localhost:4000/\r\nX: y", "http://ada:secret@localhost:4000/"])
    expect(await ask("open", { name: "bob", forwards_to })).toMatchObject({
      error: { data: { code: "BAD_REQUEST", errors: [{ path: ["forwards_to"] }] } },
    });
});

test("a call that finds nothing waits for what comes", async () => {
  const waiting = take({ wait_ms: 10_000 });
  await new Promise((resolve) => setTimeout(resolve, 30));
  await publish("an-event");
  expect(await waiting).toMatchObject([{ event_id: "an-event" }]);
  expect(await take({ wait_ms: 20 })).toEqual([]);
});

test("what the local server refuses has failed, can be sent again, and makes nobody unhealthy", async () => {
  await publish("an-event");
  await take();
  expect((await report("an-event", answer(500))).data).toEqual({ status: "failed" });
  const { body } = await rest<object>("GET", `/webhooks/${opened.webhook.id}`, { key: customer.key });
  expect(body).toMatchObject({ health: { state: "healthy", attempts: 1, failed: 1 }, is_active: true });
  await trpc(
    "mutation",
    "deliveries.redeliver",
    { webhook_id: opened.webhook.id, event_id: "an-event" },
    customer,
  );
  expect(await take()).toMatchObject([{ event_id: "an-event", attempt: 2 }]);
});

test("what was not sent after all waits again", async () => {
  await publish("an-event");
  await take();
  expect((await report("an-event", { kind: "not_sent" })).data).toEqual({ status: "pending" });
  expect(await take()).toMatchObject([{ event_id: "an-event", attempt: 1 }]);
});

test("an attempt is reported once, under its number", async () => {
  await publish("an-event");
  await take();
  expect((await report("an-event", answer(200), 2)).status).toBe(409);
  expect((await report("an-event", answer(200))).status).toBe(200);
  expect((await report("an-event", answer(500))).status).toBe(409);
  expect(await delivery("an-event")).toMatchObject({ status: "delivered", attempt_count: 1 });
});

test("who comes back by the name finds what came meanwhile, and who listened before is told", async () => {
  await publish("an-event");
  const before = ofSession();
  opened = await open({ forwards_to: "http://localhost:5000" });
  expect(opened).toMatchObject({ is_new: false, pending_count: 1, webhook: { id: before.webhook_id } });
  expect(opened).toMatchObject({ took_over: true });
  expect(await ask("take", { ...before, wait_ms: 0 })).toMatchObject({
    status: 409,
    error: { message: expect.stringContaining("Another program listens") },
  });
  expect(await take()).toMatchObject([{ event_id: "an-event" }]);
});

test("coming back with the same secret changes nothing, and with another one it signs", async () => {
  const updates = async () =>
    (await rest<object[]>("GET", "/audit?action=webhook.updated", customer)).body.length;
  opened = await open();
  expect(await updates()).toBe(0);
  opened = await open({ secret: "another secret" });
  expect(await updates()).toBe(1);
  await publish("an-event");
  const [taken] = await take();
  const signed = { eventId: "an-event", timestamp: taken?.headers["webhook-timestamp"] ?? "" };
  expect(taken?.headers["webhook-signature"]).toBe(
    standardSignature(signed, taken?.body ?? "", "another secret"),
  );
});

test("a test waits for the answer of the program, and is refused while none listens", async () => {
  const send = () =>
    rest<{ status: string }>("POST", `/webhooks/${opened.webhook.id}/test`, {
      key: customer.key,
      json: { event_type: "search_completed" },
    });
  const asked = send();
  const [taken] = await take({ wait_ms: 10_000 });
  expect(taken?.is_test).toBe(true);
  await report(taken?.event_id ?? "", answer(204));
  expect((await asked).body).toMatchObject({ status: "delivered", status_code: 204 });
  api.clock.now += listenerLimits.awayMs + 1;
  expect(await send()).toMatchObject({
    status: 503,
    body: { error: expect.stringContaining("Nobody listens as ada-laptop") },
  });
});

test("a listener has no URL, no switch and no pause", async () => {
  const path = `/webhooks/${opened.webhook.id}`;
  const patch = (json: object) => rest("PATCH", path, { key: customer.key, json });
  expect(await patch({ webhook_url: "https://receiver.example/hook" })).toMatchObject({
    status: 400,
    body: { errors: [{ path: ["webhook_url"] }] },
  });
  expect(await patch({ is_active: false })).toMatchObject({
    status: 400,
    body: { errors: [{ path: ["is_active"] }] },
  });
  expect((await rest("POST", `${path}/pause`, { key: customer.key })).status).toBe(409);
  const tried = { key: customer.key, json: { webhook_url: "https://receiver.example/hook" } };
  expect((await rest("POST", `${path}/try-url`, tried)).status).toBe(409);
  expect((await patch({ description: "Ada's", events: ["search_completed"], is_active: true })).status).toBe(
    200,
  );
  await publish("an-event");
  expect(await take()).toHaveLength(1);
});

test("the eleventh webhook is refused, a listener too", async () => {
  for (let n = 1; n < 10; n += 1) await open({ name: `laptop-${n}` });
  expect((await ask("open", { name: "one-more", forwards_to })).status).toBe(409);
});

test.each([
  ["name", { name: "ada laptop" }],
  ["name", { name: "../up" }],
  ["forwards_to", { forwards_to: "file:///etc/passwd" }],
  ["forwards_to", { forwards_to: "localhost:4000" }],
  ["secret", { secret: "whsec_short" }],
])("a %s that cannot be is refused by its name", async (field, wrong) => {
  const { status, error } = await ask("open", { name: "ada", forwards_to, ...wrong });
  expect(status).toBe(400);
  expect(error?.data.errors).toMatchObject([{ path: [field] }]);
});
