import { afterEach, beforeEach, expect, test } from "vitest";
import { type Agents, openAgents } from "./agent.fixture";

let agents: Agents;
beforeEach(async () => {
  agents = await openAgents();
});
afterEach(() => agents.close());

const isoTime = expect.stringMatching(/^\d{4}-.*Z$/);

const wanted = (url: string, asked = {}) => ({
  name: "cdd_state_changed",
  arguments: asked,
  delivery: { mode: "webhook" as const, url },
});

test("an agent subscribes, gets the events that fit and no others, refreshes, and ends it", async () => {
  const { experimental_events: events } = await agents.connect();
  const made = await events.subscribe(wanted(agents.receiver.url, { case_id: "C-42" }));
  const [verification] = agents.receiver.requests;
  expect(verification?.headers["x-mcp-subscription-id"]).toBe(made.id);
  expect(verification?.headers["webhook-id"]).toMatch(/^msg_verification_[0-9a-f]{32}$/);
  expect(Date.parse(made.refreshBefore ?? "")).toBe(agents.api.clock.now + 3_600_000);
  expect(made).not.toHaveProperty("deliveryStatus");

  await agents.publish({ cdd_id: "1", case_id: "C-41" });
  const id = await agents.publish({ cdd_id: "2", case_id: "C-42", subject: subject("Ada Lovelace") });
  await agents.receiver.waitFor(2);
  await agents.untilReceived(1);
  expect(agents.received).toMatchObject([{ eventId: id, data: { cdd_id: "2", case_id: "C-42" } }]);
  expect(JSON.stringify(agents.received)).not.toContain("Ada");

  agents.api.clock.now += 60_000;
  const refreshed = await events.refresh({ id: made.id });
  expect(refreshed).toMatchObject({
    id: made.id,
    truncated: false,
    deliveryStatus: { active: true, lastDeliveryAt: isoTime, lastError: null },
  });
  expect(Date.parse(refreshed.refreshBefore ?? "")).toBe(agents.api.clock.now + 3_600_000);
  expect(agents.receiver.requests).toHaveLength(2);

  await events.unsubscribe({ id: made.id });
  expect(await agents.subscriptions()).toEqual([]);
});

const subject = (name: string) => ({ id: "s-1", kind: "individual", name });

test("all of an event's data comes once it is asked for", async () => {
  const { experimental_events: events } = await agents.connect();
  await events.subscribe(wanted(agents.receiver.url, { include: "full" }));
  await agents.publish({ cdd_id: "1", subject: subject("Ada Lovelace") });
  await agents.untilReceived(1);
  expect(agents.received[0]?.data).toMatchObject({ cdd_id: "1", subject: { name: "Ada Lovelace" } });
});

test("a URL that has shown that it is the agent's is not asked again for other arguments", async () => {
  const client = await agents.connectOfficial();
  await agents.subscribeAs(client, { case_id: "C-1" });
  const other = await agents.subscribeAs(client, { case_id: "C-2" });
  expect(other.id).not.toBe((await agents.subscribeAs(client, { case_id: "C-1" })).id);
  expect(agents.receiver.requests).toHaveLength(1);
});

test("the order of arguments makes no other subscription, and another term is granted within bounds", async () => {
  const client = await agents.connectOfficial();
  const asked = { case_id: ["C-1"], state: "complete" };
  const { id } = await agents.subscribeAs(client, asked);
  const again = await agents.subscribeAs(client, { state: "complete", case_id: ["C-1"] }, { ttlMs: 1 });
  expect(again).toMatchObject({ id, refreshBefore: new Date(agents.api.clock.now + 300_000).toISOString() });
  const longest = await agents.subscribeAs(client, asked, { ttlMs: null });
  expect(Date.parse(longest.refreshBefore)).toBe(agents.api.clock.now + 24 * 3_600_000);
  expect(await agents.subscriptions()).toHaveLength(1);
});

test("unsubscribing from what is not there is answered alike", async () => {
  const client = await agents.connectOfficial();
  await agents.subscribeAs(client, {});
  await agents.unsubscribeAs(client, {});
  await agents.unsubscribeAs(client, {});
  expect(await agents.subscriptions()).toEqual([]);
});

test("a key that may only read subscribes too, and the dashboard can tell whose program it is", async () => {
  const { experimental_events: events } = await agents.connect(await agents.newKey("read"));
  await events.subscribe(wanted(agents.receiver.url));
  expect(await agents.subscriptions()).toMatchObject([{ name: "cdd_state_changed", client: "An agent" }]);
});

test("of what a program calls itself, nothing is kept that turns or hides the words around it", async () => {
  const { experimental_events: events } = await agents.connect(agents.customer.key, "A\u202egent\0\ud800 ");
  await events.subscribe(wanted(agents.receiver.url));
  expect(await agents.subscriptions()).toMatchObject([{ client: "Agent" }]);
});

test("a refresh tells what failed and since when, and goes on", async () => {
  const client = await agents.connectOfficial();
  await agents.subscribeAs(client, {});
  agents.receiver.answerAlways({ status: 500 });
  await agents.publish({ cdd_id: "1" });
  await agents.receiver.waitFor(2);
  const refreshed = () => agents.subscribeAs(client, {});
  await expect.poll(refreshed).toMatchObject({
    deliveryStatus: { active: true, lastDeliveryAt: null, lastError: "http_5xx", failedSince: isoTime },
  });
});

test("what happened while nobody was subscribed is sent from a cursor on, and what is left out is told", async () => {
  const client = await agents.connectOfficial();
  const { cursor } = await agents.subscribeAs(client, {});
  await agents.unsubscribeAs(client, {});
  const ids = [await agents.publish({ cdd_id: "1" }), await agents.publish({ cdd_id: "2" })];
  agents.api.clock.now += 1_000;

  const without = await agents.subscribeAs(client, { include: "full" }, { cursor, maxAgeMs: 0 });
  expect(without.truncated).toBe(true);
  const replayed = await agents.subscribeAs(client, {}, { cursor });
  expect(replayed.truncated).toBe(false);
  const sent = await agents.receiver.waitFor(3);
  expect(
    sent
      .slice(1)
      .map(({ headers }) => headers["webhook-id"])
      .sort(),
  ).toEqual(ids.sort());
});
