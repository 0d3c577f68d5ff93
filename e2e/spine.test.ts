import { createHmac } from "node:crypto";
import { Webhook as StandardWebhook } from "standardwebhooks";
import { Webhook as SvixWebhook } from "svix";
import { describe, expect, test } from "vitest";
import { call, trpcClient } from "@/testing/client";
import { type ReceivedRequest, standardHeaders } from "@/testing/receiver";
import { data, secret, setScene } from "@/testing/scene";

const { app, receiver, customer, ask, register, publish, ended } = setScene();

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
    const shown = await ask("GET", `/webhooks/${webhook.id}/events/event-1`);
    expect(shown.body).toMatchObject({
      status: "delivered",
      status_code: 200,
      attempt_count: 1,
      error: null,
      request: { payload: text, headers: { "X-Attempt": "1" } },
      attempts: [{ number: 1, reason: "scheduled", status_code: 200 }],
    });
    expect(JSON.stringify(shown.body)).not.toMatch(/sha256=|v1,|whsec_/);
    const listed = await ask("GET", "/webhooks");
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
    const shown = await ask("GET", `/webhooks/${webhook.id}/events/event-2`);
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
    expect((await ask("POST", path)).status).toBe(204);
    const [, again] = await receiver.waitFor(2);
    expect(again?.headers).toMatchObject({
      "x-event-id": "event-3",
      "x-attempt": "2",
      "x-attempt-reason": "manual",
    });
  });
});

describe("a missed event", () => {
  test("is recovered with progress", async () => {
    const webhook = await register({ is_active: false });
    const since = new Date(Date.now() - 60_000).toISOString();
    await publish({ id: "missed-1" });
    const path = `/webhooks/${webhook.id}`;
    await ask("PATCH", path, { is_active: true });
    const started = await ask("POST", `${path}/recover`, { since, include: ["failed", "missed"] });
    expect(started).toMatchObject({ status: 202, body: { count: 1 } });
    await receiver.waitFor(1, (request) => request.headers["x-event-id"] === "missed-1");
    const { id } = started.body as { id: string };
    const progress = await ask("GET", `${path}/recoveries/${id}`);
    expect(progress).toMatchObject({ status: 200, body: { total: 1, done: 1 } });
  });
});
