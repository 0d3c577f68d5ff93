import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type App, startApp } from "./kit/app";
import { type Authority, createAuthority, createSelfSigned } from "./kit/certificates";
import { call, newCustomer, trpcClient } from "./kit/client";
import { type ReceivedRequest, type Receiver, standardHeaders, startReceiver } from "./kit/receiver";

const secret = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;
const newSecret = `whsec_${Buffer.from("fedcba9876543210fedcba9876543210").toString("base64")}`;
const data = { search_id: "a-search", hit_count: 2, note: "Zoë <b>&</b>" };

let folder: string;
let authority: Authority;
let app: App;
let receiver: Receiver;
let customer: { id: string; key: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "fanfare-spine-"));
  authority = await createAuthority(folder);
  app = await startApp({
    env: { NODE_EXTRA_CA_CERTS: authority.caFile, RETRY_SCHEDULE: "1s,1s", DELIVERY_TIMEOUT: "3s" },
  });
});
afterAll(async () => {
  await app?.remove();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  receiver = await startReceiver({ tls: await authority.issue() });
  customer = await newCustomer(app);
});
afterEach(() => receiver.close());

type View = Record<string, unknown> & { id: string };

async function register(more: object = {}): Promise<View> {
  const body = { webhook_url: receiver.url, events: ["search_completed"], ...more };
  const made = await call(app, "POST", "/webhooks", { key: customer.key, body });
  expect(made.status).toBe(201);
  return made.body as View;
}

const publish = (more: object = {}) =>
  call(app, "POST", "/events", {
    key: app.platformKey,
    body: { customer_id: customer.id, type: "search_completed", data, ...more },
  });

/** The delivery once it has ended, followed live. */
async function ended(webhookId: string, status: string): Promise<View> {
  const client = trpcClient(app, customer.key);
  return new Promise((resolve, reject) => {
    const look = async () => {
      const page = await client.deliveries.list.query({ webhook_id: webhookId });
      const found = page.items.find((item) => item.status === status);
      if (!found) return;
      subscription.unsubscribe();
      resolve(found as View);
    };
    const subscription = client.live.deliveries.subscribe(
      { webhook_id: webhookId },
      {
        onStarted: () => void look().catch(reject),
        onData: () => void look().catch(reject),
        onError: reject,
      },
    );
  });
}

describe("an event's way", () => {
  test("over REST: registered, published, received, verified, and shown as it was", async () => {
    const webhook = await register({ secret, description: "CRM" });
    const accepted = await publish({ id: "event-1" });
    expect(accepted).toMatchObject({ status: 202, body: { id: "event-1", deliveries: 1 } });

    const [request] = (await receiver.waitFor(1)) as [ReceivedRequest];
    const text = request.body.toString();
    expect(JSON.parse(text)).toEqual({
      id: "event-1",
      type: "search_completed",
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      data,
    });
    const hmac = createHmac("sha256", secret).update(request.body).digest("hex");
    expect(request.headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": expect.stringMatching(/^Fanfare\/\d/),
      "x-webhook-id": webhook.id,
      "x-event-id": "event-1",
      "x-customer-id": customer.id,
      "x-event-name": "SEARCH_COMPLETED",
      "x-target-type": "NAME_SCREENING",
      "x-attempt": "1",
      "x-attempt-reason": "scheduled",
      "x-signature": `sha256=${hmac}`,
    });
    expect(new StandardWebhook(secret).verify(text, standardHeaders(request))).toMatchObject({ data });
    expect(new SvixWebhook(secret).verify(text, standardHeaders(request))).toMatchObject({ data });

    await ended(webhook.id, "delivered");
    const shown = await call(app, "GET", `/webhooks/${webhook.id}/events/event-1`, { key: customer.key });
    expect(shown.body).toMatchObject({
      status: "delivered",
      status_code: 200,
      attempt_count: 1,
      error: null,
      request: { payload: text, headers: { "X-Attempt": "1" } },
      attempts: [{ number: 1, reason: "scheduled", status_code: 200 }],
    });
    expect(JSON.stringify(shown.body)).not.toMatch(/sha256=|v1,|whsec_/);
    const listed = await call(app, "GET", "/webhooks", { key: customer.key });
    expect(listed.body).toMatchObject([{ status: "active", last_delivery_status: 200, has_secret: true }]);
  });

  test("over tRPC: the same procedures with the same names", async () => {
    const client = trpcClient(app, customer.key);
    const webhook = await client.webhooks.create.mutate({
      webhook_url: receiver.url,
      events: ["search_completed", "search_completed"],
    });
    expect(webhook.events).toEqual(["search_completed"]);
    const platform = trpcClient(app, app.platformKey);
    const sent = await platform.events.publish.mutate({
      customer_id: customer.id,
      type: "search_completed",
      data,
    });
    expect(sent).toMatchObject({ deliveries: 1 });
    const [request] = await receiver.waitFor(1);
    expect(request?.headers).not.toHaveProperty("x-signature");
    expect(request?.headers).not.toHaveProperty("webhook-signature");
    const delivery = await ended(webhook.id, "delivered");
    expect(delivery).toMatchObject({ webhook_id: webhook.id, status_code: 200 });
    const bad = client.webhooks.create.mutate({ webhook_url: "http://example.com" });
    await expect(bad).rejects.toMatchObject({
      data: { code: "BAD_REQUEST", httpStatus: 400, errors: [{ path: ["webhook_url"] }] },
    });
  });

  test("a 500 is retried with the same id, and both attempts are recorded", async () => {
    const webhook = await register();
    receiver.answerNext({ status: 500, body: "not today" });
    await publish({ id: "event-2" });
    const [first, second] = await receiver.waitFor(2);
    expect(first?.body).toEqual(second?.body);
    expect(second?.headers).toMatchObject({ "x-event-id": "event-2", "x-attempt": "2" });
    await ended(webhook.id, "delivered");
    const shown = await call(app, "GET", `/webhooks/${webhook.id}/events/event-2`, { key: customer.key });
    expect(shown.body).toMatchObject({
      attempts: [
        { number: 2, status_code: 200, error: null },
        { number: 1, status_code: 500, error: { code: "http_status" }, response: { body: "not today" } },
      ],
    });
  });

  test("an array arrives whole, and the same array again sends nothing", async () => {
    await register();
    const body = ["a", "b", "c"].map((id) => ({
      customer_id: customer.id,
      type: "search_completed",
      data,
      id,
    }));
    const first = await call(app, "POST", "/events", { key: app.platformKey, body });
    expect(first).toMatchObject({ status: 202, body: body.map(({ id }) => ({ id, deliveries: 1 })) });
    await receiver.waitFor(3);
    const again = await call(app, "POST", "/events", { key: app.platformKey, body });
    expect(again.body).toEqual(body.map(({ id }) => ({ id, deliveries: 1, duplicate: true })));
    await publish({ id: "d" });
    await receiver.waitFor(1, (request) => request.headers["x-event-id"] === "d");
    expect(receiver.requests).toHaveLength(4);
  });

  test("a delivered one can be sent again", async () => {
    const webhook = await register();
    await publish({ id: "event-3" });
    await ended(webhook.id, "delivered");
    const path = `/webhooks/${webhook.id}/events/event-3/redeliver`;
    expect((await call(app, "POST", path, { key: customer.key })).status).toBe(204);
    const [, again] = await receiver.waitFor(2);
    expect(again?.headers).toMatchObject({
      "x-event-id": "event-3",
      "x-attempt": "2",
      "x-attempt-reason": "manual",
    });
  });
});

describe("a webhook", () => {
  test("is limited to 10, also when 15 calls come at once", async () => {
    const body = { webhook_url: receiver.url };
    const answers = await Promise.all(
      Array.from({ length: 15 }, () => call(app, "POST", "/webhooks", { key: customer.key, body })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array(10).fill(201),
      ...Array(5).fill(409),
    ]);
  });

  test("signs with both secrets during a rotation", async () => {
    const webhook = await register({ secret });
    const rotated = await call(app, "POST", `/webhooks/${webhook.id}/rotate-secret`, {
      key: customer.key,
      body: { secret: newSecret },
    });
    expect(rotated.status).toBe(204);
    await publish();
    const [request] = (await receiver.waitFor(1)) as [ReceivedRequest];
    for (const each of [secret, newSecret]) {
      new StandardWebhook(each).verify(request.body.toString(), standardHeaders(request));
    }
    const hmac = (key: string) => `sha256=${createHmac("sha256", key).update(request.body).digest("hex")}`;
    expect(request.headers["x-signature"]).toBe(hmac(newSecret));
    expect(request.headers["x-signature-previous"]).toBe(hmac(secret));
  });

  test("that answers 410 is switched off with a reason, until it is switched on", async () => {
    const webhook = await register();
    receiver.answerNext({ status: 410 });
    await publish();
    expect(await ended(webhook.id, "failed")).toMatchObject({ error: { code: "gone" } });
    const path = `/webhooks/${webhook.id}`;
    const off = await call(app, "GET", path, { key: customer.key });
    expect(off.body).toMatchObject({
      status: "disabled",
      is_active: false,
      disabled_reason: expect.any(String),
    });
    const on = await call(app, "PATCH", path, { key: customer.key, body: { is_active: true } });
    expect(on.body).toMatchObject({ is_active: true, disabled_reason: null });
  });

  test("can be tested while it is inactive, and the answer tells what came back", async () => {
    const webhook = await register({ is_active: false, secret });
    receiver.answerNext({ status: 418, headers: { "X-Kettle": "yes" }, body: "short and stout" });
    const tested = await call(app, "POST", `/webhooks/${webhook.id}/test`, {
      key: customer.key,
      body: { event_type: "flow_run_failed" },
    });
    expect(tested).toMatchObject({
      status: 200,
      body: {
        status: "failed",
        status_code: 418,
        is_test: true,
        attempt_count: 1,
        next_attempt_at: null,
        response: { body: "short and stout", headers: { "x-kettle": "yes" } },
      },
    });
    expect(receiver.requests[0]?.headers).toMatchObject({ "x-attempt-reason": "test" });
  });

  test("that hangs fails at the deadline, with the class of the phase", async () => {
    const webhook = await register();
    receiver.answerNext("hang");
    const tested = await call(app, "POST", `/webhooks/${webhook.id}/test`, {
      key: customer.key,
      body: { event_type: "search_completed" },
    });
    expect(tested.body).toMatchObject({
      status: "failed",
      status_code: null,
      error: { code: "response_timeout" },
    });
  });

  test("that a certificate nobody trusts stands before fails with the reason in words", async () => {
    const untrusted = await startReceiver({ tls: await createSelfSigned() });
    const webhook = await register({ webhook_url: untrusted.url });
    const tested = await call(app, "POST", `/webhooks/${webhook.id}/test`, {
      key: customer.key,
      body: { event_type: "search_completed" },
    });
    expect(tested.body).toMatchObject({ status: "failed", error: { code: "tls_error" } });
    expect(untrusted.requests).toHaveLength(0);
    await untrusted.close();
  });

  test("may not lead into private networks that are not allowed", async () => {
    for (const url of ["https://10.0.0.1/", "https://169.254.169.254/latest", "https://[::ffff:10.0.0.1]/"]) {
      const refused = await call(app, "POST", "/webhooks", { key: customer.key, body: { webhook_url: url } });
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: ["webhook_url"] }] } });
    }
  });
});

describe("a missed event", () => {
  test("is recovered with progress", async () => {
    const webhook = await register({ is_active: false });
    const since = new Date(Date.now() - 60_000).toISOString();
    await publish({ id: "missed-1" });
    const path = `/webhooks/${webhook.id}`;
    await call(app, "PATCH", path, { key: customer.key, body: { is_active: true } });
    const started = await call(app, "POST", `${path}/recover`, {
      key: customer.key,
      body: { since, include: ["failed", "missed"] },
    });
    expect(started).toMatchObject({ status: 202, body: { count: 1 } });
    await receiver.waitFor(1, (request) => request.headers["x-event-id"] === "missed-1");
    const { id } = started.body as { id: string };
    const progress = await call(app, "GET", `${path}/recoveries/${id}`, { key: customer.key });
    expect(progress).toMatchObject({ status: 200, body: { total: 1, done: 1 } });
  });
});
