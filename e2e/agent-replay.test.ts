import { expect, test } from "vitest";
import { startAiSdkAgent } from "@/testing/ai-sdk-agent";
import { connectOfficially, takeVerified } from "@/testing/official-agent";
import { secret, setScene } from "@/testing/scene";

const { app, customer, receiver, publish } = setScene();

const patience = { timeout: 10_000 };

async function publishSearch(search_id: string): Promise<string> {
  const { status, body } = await publish({ data: { search_id, hit_count: 1 } });
  expect(status).toBe(202);
  return (body as { id: string }).id;
}

/** An agent that asks for one screening, and what its callback took. */
async function startAgent() {
  const agent = await connectOfficially(app, customer.key);
  const { events } = takeVerified(receiver, secret);
  const wanted = {
    name: "search_completed",
    arguments: { search_id: "s-1" },
    delivery: { mode: "webhook", url: `${receiver.url}/agent`, secret },
  };
  return {
    taken: () => events.map(({ eventId }) => eventId).sort(),
    subscribe: (more: { cursor?: string | null; maxAgeMs?: number } = {}) =>
      agent.subscribe({ ...wanted, ...more }),
    unsubscribe: () => agent.unsubscribe(wanted),
  };
}

test("what came while an agent was away is sent to it once it is back with its cursor", async () => {
  const agent = await startAgent();
  await publishSearch("s-1"); // before its time
  const { cursor } = await agent.subscribe();
  const seen = await publishSearch("s-1");
  await expect.poll(agent.taken, patience).toEqual([seen]);
  await agent.unsubscribe();
  const missed = [await publishSearch("s-1"), await publishSearch("s-1")];
  await publishSearch("s-2");
  expect(await agent.subscribe({ cursor })).toMatchObject({ truncated: false });
  // What it had before is sent again: a new subscription knows of no delivery, and the agent knows the event's id.
  await expect.poll(agent.taken, patience).toEqual([seen, seen, ...missed].sort());
  const later = await publishSearch("s-1");
  await expect.poll(agent.taken, patience).toEqual([seen, seen, ...missed, later].sort());
});

test("the cursor of the last refresh leads to what came after it", async () => {
  const agent = await startAgent();
  await agent.subscribe();
  const seen = await publishSearch("s-1");
  await expect.poll(agent.taken, patience).toEqual([seen]);
  const refreshed = async () => (await agent.subscribe()).deliveryStatus;
  await expect.poll(refreshed, patience).toMatchObject({ lastDeliveryAt: expect.any(String) });
  const { cursor } = await agent.subscribe();
  await agent.unsubscribe();
  const missed = await publishSearch("s-1");
  await agent.subscribe({ cursor });
  await expect.poll(agent.taken, patience).toEqual([seen, missed].sort());
});

test("an agent of the AI SDK that comes back with the cursor of its last event gets what it missed", async () => {
  const agent = await startAiSdkAgent(app, customer.key, receiver);
  const taken = () => agent.events.map(({ eventId }) => eventId).sort();
  const events = agent.client.experimental_events;
  const delivery = { mode: "webhook" as const, url: `${receiver.url}/agent`, secret };
  const { id } = await events.subscribe({ name: "search_completed", delivery });
  const seen = await publishSearch("s-1");
  await expect.poll(taken, patience).toEqual([seen]);
  await events.unsubscribe({ id });
  const missed = await publishSearch("s-1");
  const cursor = agent.events[0]?.cursor;
  const again = await events.subscribe({ name: "search_completed", delivery, cursor });
  expect(again).toMatchObject({ truncated: false });
  // Its last event leads to a minute before itself: what was accepted beside it may have come later.
  await expect.poll(taken, patience).toEqual([seen, seen, missed].sort());
});

test("a replay in a subscription that lives sends nothing twice", async () => {
  const agent = await startAgent();
  const { cursor } = await agent.subscribe();
  const seen = await publishSearch("s-1");
  await expect.poll(agent.taken, patience).toEqual([seen]);
  expect(await agent.subscribe({ cursor })).toMatchObject({ truncated: false });
  const later = await publishSearch("s-1");
  await expect.poll(agent.taken, patience).toEqual([seen, later].sort());
});

test("without a cursor nothing is replayed", async () => {
  const agent = await startAgent();
  await publishSearch("s-1");
  expect(await agent.subscribe({ cursor: null })).toMatchObject({ truncated: false });
  const later = await publishSearch("s-1");
  await expect.poll(agent.taken, patience).toEqual([later]);
});

test("an agent is told when some of what it missed is older than it asked for", async () => {
  const agent = await startAgent();
  const { cursor } = await agent.subscribe();
  await agent.unsubscribe();
  await publishSearch("s-1");
  expect(await agent.subscribe({ cursor, maxAgeMs: 0 })).toMatchObject({ truncated: true });
  const later = await publishSearch("s-1");
  await expect.poll(agent.taken, patience).toEqual([later]);
});
