import { Webhook } from "standardwebhooks";
import { expect, test } from "vitest";
import { startAiSdkAgent } from "@/testing/ai-sdk-agent";
import { call } from "@/testing/client";
import { connectOfficially, takeVerified } from "@/testing/official-agent";
import { type ReceivedRequest, standardHeaders } from "@/testing/receiver";
import { secret, setScene } from "@/testing/scene";

const { app, customer, receiver, ask, publish } = setScene();

const newSecret = `whsec_${Buffer.from("fedcba9876543210fedcba9876543210").toString("base64")}`;
const hourMs = 60 * 60_000;
const patience = { timeout: 10_000 };

const search = (search_id: string) => ({ search_id, hit_count: 2, note: "Zoë <b>&</b>" });

/** Publishes a screening of that id; answers the event's id. */
async function publishSearch(search_id: string): Promise<string> {
  const { status, body } = await publish({ data: search(search_id) });
  expect(status).toBe(202);
  return (body as { id: string }).id;
}

/** What an AI SDK agent asks for. */
const asked = (more: object) => ({
  name: "search_completed",
  delivery: { mode: "webhook" as const, url: `${receiver.url}/agent?team=a`, secret },
  ...more,
});

const bodyOf = ({ body }: ReceivedRequest) => JSON.parse(body.toString());

test("an agent of the AI SDK finds an event, subscribes, and takes what fits its arguments from then on", async () => {
  const agent = await startAiSdkAgent(app, customer.key, receiver);
  await publishSearch("s-1");
  const { events } = await agent.client.experimental_events.list();
  expect(events.find(({ name }) => name === "search_completed")).toMatchObject({
    delivery: ["webhook"],
    inputSchema: {
      properties: { search_id: {}, min_hit_count: {}, include: {} },
      additionalProperties: false,
    },
  });
  const subscribed = await agent.client.experimental_events.subscribe(
    asked({ arguments: { search_id: "s-1", min_hit_count: 1 } }),
  );
  expect(subscribed).toMatchObject({ id: expect.stringMatching(/^sub_[0-9a-f]{32}$/), truncated: false });
  const lasts = Date.parse(subscribed.refreshBefore ?? "") - Date.now();
  expect(lasts).toBeGreaterThan(hourMs - 30_000);
  expect(lasts).toBeLessThanOrEqual(hourMs);

  const other = await publishSearch("s-2");
  const ids = [await publishSearch("s-1"), await publishSearch("s-1")];
  await expect.poll(() => agent.events.map(({ eventId }) => eventId).sort(), patience).toEqual(ids.sort());
  for (const event of agent.events) {
    expect(event).toMatchObject({ name: "search_completed" });
    const link = `${app.url}/dashboard/events/${event.eventId}`;
    expect(event.data).toEqual({ search_id: "s-1", hit_count: 2, link });
  }
  expect(agent.statuses).toEqual([200, 204, 204]);
  const trace = await ask("GET", `/events/${other}`);
  expect(trace.body).toMatchObject({
    agents: [{ delivery: null, why: expect.stringContaining("search_id is s-2") }],
  });
});

test("a request to an agent has the protocol's headers, and no others of ours", async () => {
  const agent = await startAiSdkAgent(app, customer.key, receiver);
  const { id } = await agent.client.experimental_events.subscribe(asked({}));
  const eventId = await publishSearch("s-1");
  const [challenge, event] = (await receiver.waitFor(2)) as [ReceivedRequest, ReceivedRequest];
  expect(bodyOf(challenge)).toEqual({ type: "verification", challenge: expect.any(String) });
  expect(challenge.headers["webhook-id"]).toMatch(/^msg_verification_./);
  expect(event.headers["webhook-id"]).toBe(eventId);
  for (const request of [challenge, event]) {
    expect(request).toMatchObject({ method: "POST", url: expect.stringContaining("/agent?team=a&") });
    expect(request.headers).toMatchObject({
      "content-type": "application/json",
      "x-mcp-subscription-id": id,
    });
    const ours = Object.keys(request.headers).filter((name) => name.startsWith("x-"));
    expect(ours).toEqual(["x-mcp-subscription-id"]);
    new Webhook(secret).verify(request.body, standardHeaders(request));
  }
});

test("names and all else of an event reach an agent that asked for it in full", async () => {
  const agent = await startAiSdkAgent(app, customer.key, receiver);
  await agent.client.experimental_events.subscribe(asked({ arguments: { include: "full" } }));
  await publishSearch("s-1");
  await expect.poll(() => agent.events.map(({ data }) => data), patience).toEqual([search("s-1")]);
});

test("refreshed with another secret a subscription stays what it was, and both secrets verify", async () => {
  const agent = await startAiSdkAgent(app, customer.key, receiver);
  const events = agent.client.experimental_events;
  const { id } = await events.subscribe(asked({ ttlMs: 1 }));
  const kept = await agent.store.getById(id);
  if (!kept) throw new Error("The client keeps what it subscribed to.");
  await agent.store.update(kept.key, { ttlMs: null, delivery: { ...kept.delivery, secret: newSecret } });
  const refreshed = await events.refresh({ id });
  expect(refreshed.id).toBe(id);
  expect(Date.parse(refreshed.refreshBefore ?? "") - Date.now()).toBeGreaterThan(23 * hourMs);

  await publishSearch("s-1");
  await expect.poll(() => agent.events, patience).toHaveLength(1);
  expect(receiver.requests).toHaveLength(2); // the first challenge, and no second one
  const event = receiver.requests[1] as ReceivedRequest;
  for (const each of [secret, newSecret]) new Webhook(each).verify(event.body, standardHeaders(event));
});

test("an agent that unsubscribed is sent nothing more, and unsubscribing again is no error", async () => {
  const agent = await startAiSdkAgent(app, customer.key, receiver);
  const events = agent.client.experimental_events;
  const ended = await events.subscribe(asked({ arguments: { search_id: ["s-1", "s-2"] } }));
  const stays = await events.subscribe(asked({ arguments: { search_id: "s-1" } }));
  const kept = await agent.store.getById(ended.id);
  await events.unsubscribe({ id: ended.id });
  await publishSearch("s-1");
  await expect.poll(() => agent.events, patience).toHaveLength(1);
  const sentTo = receiver.requests.slice(2).map(({ headers }) => headers["x-mcp-subscription-id"]);
  expect(sentTo).toEqual([stays.id]);
  if (kept) await agent.store.set(kept);
  await expect(events.unsubscribe({ id: ended.id })).resolves.toBeUndefined();
});

test("an agent is told when its key is revoked, and forgets the subscription", async () => {
  const path = `/customers/${customer.id}/api-keys`;
  const made = await call(app, "POST", path, { key: app.platformKey, body: { name: "an agent" } });
  const { id, key } = made.body as { id: string; key: string };
  const agent = await startAiSdkAgent(app, key, receiver);
  const subscribed = await agent.client.experimental_events.subscribe(asked({}));
  expect((await call(app, "DELETE", `${path}/${id}`, { key: app.platformKey })).status).toBe(204);
  await expect
    .poll(() => agent.terminations, patience)
    .toEqual([
      {
        type: "terminated",
        error: {
          code: -32012,
          message: expect.any(String),
          data: expect.objectContaining({ reason: "access_revoked" }),
        },
      },
    ]);
  expect(await agent.store.getById(subscribed.id)).toBeUndefined();
  await expect(agent.client.experimental_events.list()).rejects.toMatchObject({ statusCode: 401 });
});

test.each(["auto", "legacy"] as const)(
  "the official client subscribes, and what comes verifies with standardwebhooks (%s)",
  async (mode) => {
    const agent = await connectOfficially(app, customer.key, mode);
    const { events, controls } = takeVerified(receiver, secret);
    const { events: offered } = await agent.listEvents();
    expect(offered.map(({ name }) => name)).toContain("search_completed");
    const wanted = { ...asked({}), arguments: { search_id: "s-1" } };
    const first = await agent.subscribe(wanted);
    const again = await agent.subscribe(wanted);
    expect(again).toMatchObject({
      id: first.id,
      deliveryStatus: { active: true, lastDeliveryAt: null, lastError: null },
    });
    const eventId = await publishSearch("s-1");
    await expect.poll(() => events, patience).toHaveLength(1);
    expect(events[0]).toMatchObject({ eventId, data: { search_id: "s-1" }, cursor: expect.any(String) });
    await agent.unsubscribe(wanted);
    expect(controls).toEqual([]);
    await agent.client.close();
  },
);

test("a failure is told by deliveryStatus in the protocol's words, until the retry is taken", async () => {
  const agent = await connectOfficially(app, customer.key);
  const wanted = { ...asked({}), arguments: {} };
  takeVerified(receiver, secret);
  await agent.subscribe(wanted);
  receiver.answerAlways({ status: 503 });
  const eventId = await publishSearch("s-1");
  const status = async () => (await agent.subscribe(wanted)).deliveryStatus;
  await expect.poll(status, patience).toMatchObject({
    active: true,
    lastError: "http_5xx",
    failedSince: expect.stringMatching(/Z$/),
  });
  const { events } = takeVerified(receiver, secret);
  await expect.poll(() => events, { timeout: 40_000 }).toMatchObject([{ eventId }]);
  await expect
    .poll(status, patience)
    .toEqual({ active: true, lastDeliveryAt: expect.stringMatching(/Z$/), lastError: null });
  const [, first, retry] = receiver.requests as ReceivedRequest[];
  expect(retry?.headers["webhook-id"]).toBe(eventId);
  expect((retry?.receivedAt ?? 0) - (first?.receivedAt ?? 0)).toBeGreaterThan(29_000);
  await agent.client.close();
});
