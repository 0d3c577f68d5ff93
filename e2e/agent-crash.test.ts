import { expect, test } from "vitest";
import { startAiSdkAgent } from "@/testing/ai-sdk-agent";
import { connectOfficially, takeVerified } from "@/testing/official-agent";
import { secret, setScene } from "@/testing/scene";

const { app, customer, receiver, publish } = setScene();

const patience = { timeout: 40_000 };
const delivery = () => ({ mode: "webhook" as const, url: `${receiver.url}/agent`, secret });

/** The id of the event once it was acknowledged; null where that was not to be. */
async function tryToPublish(search_id: string): Promise<string | null> {
  const answer = await publish({ data: { search_id } }).catch(() => null);
  return answer?.status === 202 ? (answer.body as { id: string }).id : null;
}

test("an agent of the AI SDK is served on after a restart", async () => {
  const agent = await startAiSdkAgent(app, customer.key, receiver);
  const events = agent.client.experimental_events;
  const { id } = await events.subscribe({ name: "search_completed", delivery: delivery() });
  await app.stop();
  await app.start();
  const first = await tryToPublish("s-1");
  await expect.poll(() => agent.events.map(({ eventId }) => eventId), patience).toEqual([first]);
  expect(await events.refresh({ id })).toMatchObject({ id, truncated: false });
  const second = await tryToPublish("s-1");
  await expect.poll(() => agent.events.map(({ eventId }) => eventId), patience).toEqual([first, second]);
  expect(receiver.requests).toHaveLength(3); // the challenge before the restart counts on
});

test.each(["worker", "all"] as const)(
  "of what was acknowledged to agents nothing is lost by kill -9 (%s)",
  async (part) => {
    const agent = await connectOfficially(app, customer.key);
    const { events } = takeVerified(receiver, secret);
    const subscribe = (search_id: string) =>
      agent.subscribe({ name: "search_completed", arguments: { search_id }, delivery: delivery() });
    await subscribe("s-0");
    const subscribed = ["s-0"];
    const promised: string[] = [];
    const note = (eventId: string | null) => void (eventId !== null && promised.push(eventId));

    const load = (async () => {
      for (let turn = 1; turn < 20; turn += 1) {
        const search_id = `s-${turn}`;
        if (await subscribe(search_id).catch(() => null)) subscribed.push(search_id);
        for (const each of subscribed) note(await tryToPublish(each));
      }
    })();
    await expect.poll(() => subscribed.length, patience).toBeGreaterThan(4);
    const from = app.output().length;
    await app.kill(part);
    if (part === "all") await app.start();
    else await app.waitForOutput(/Started worker/, from);
    await load;

    for (const each of subscribed) note(await tryToPublish(each));
    expect(promised.length).toBeGreaterThanOrEqual(subscribed.length);
    const missing = () => promised.filter((id) => !events.some(({ eventId }) => eventId === id));
    await expect.poll(missing, patience).toEqual([]);
  },
);
