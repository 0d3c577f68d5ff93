import { describe, expect, test } from "vitest";
import { call } from "@/testing/client";
import { connectOfficially, refusal, type SubscribeParams, takeVerified } from "@/testing/official-agent";
import { secret, setScene } from "@/testing/scene";

const { app, customer, receiver, ask, publish } = setScene();

const tooShort = `whsec_${Buffer.alloc(23, 7).toString("base64")}`;

const asked = (more: Partial<SubscribeParams["delivery"]> = {}): SubscribeParams => ({
  name: "search_completed",
  arguments: {},
  delivery: { mode: "webhook", url: `${receiver.url}/agent`, secret, ...more },
});

test.each([
  ["an unknown event", () => ({ ...asked(), name: "no_such_event" }), -32_011, { kind: "event" }],
  ["a secret of 23 bytes", () => asked({ secret: tooShort }), -32_602, { field: "delivery.secret" }],
  [
    "an argument outside the schema",
    () => ({ ...asked(), arguments: { name: "Ada" } }),
    -32_602,
    { field: "arguments.name" },
  ],
  ["a private callback", () => asked({ url: "https://10.0.0.1/" }), -32_602, { field: "delivery.url" }],
])("%s is refused, and nobody is asked for proof", async (_, params, code, data) => {
  const agent = await connectOfficially(app, customer.key);
  expect(await refusal(agent.subscribe(params()))).toMatchObject({ code, data });
  expect(receiver.requests).toHaveLength(0);
});

test("a callback that redirects gets no event before it proves itself", async () => {
  const agent = await connectOfficially(app, customer.key);
  receiver.answerAlways({ status: 307, headers: { location: "/elsewhere" } });
  const reason = "challenge_failed";
  expect(await refusal(agent.subscribe(asked()))).toMatchObject({ code: -32_015, data: { reason } });
  await publish();
  expect(receiver.requests).toHaveLength(1);

  const { events } = takeVerified(receiver, secret);
  await agent.subscribe(asked());
  await publish();
  await expect.poll(() => events, { timeout: 10_000 }).toHaveLength(1);
});

describe("there is room for", () => {
  /** Asks for as many subscriptions as told, each with other arguments. */
  async function subscribeTimes(key: string, count: number) {
    const agent = await connectOfficially(app, key);
    const wanted = (turn: number) => ({ ...asked(), arguments: { search_id: `s-${turn}` } });
    for (let turn = 0; turn < count; turn += 1) await agent.subscribe(wanted(turn));
    return { ...agent, first: wanted(0), next: wanted(count) };
  }

  async function anotherKey(): Promise<string> {
    const path = `/customers/${customer.id}/api-keys`;
    const made = await call(app, "POST", path, { key: app.platformKey, body: { access: "read" } });
    return (made.body as { key: string }).key;
  }

  test("20 subscriptions of a key, which it may refresh and end", async () => {
    takeVerified(receiver, secret);
    const agent = await subscribeTimes(customer.key, 20);
    expect(await refusal(agent.subscribe(agent.next))).toMatchObject({ code: -32_013, data: { max: 20 } });
    await agent.subscribe(agent.first);
    await agent.unsubscribe(agent.first);
    await agent.subscribe(agent.next);
    expect(await refusal(agent.subscribe(agent.first))).toMatchObject({ code: -32_013 });
  });

  test("100 of a customer, beside its 10 webhooks", async () => {
    takeVerified(receiver, secret);
    for (let made = 0; made < 5; made += 1) await subscribeTimes(await anotherKey(), 20);
    const agent = await connectOfficially(app, customer.key);
    expect(await refusal(agent.subscribe(asked()))).toMatchObject({ code: -32_013, data: { max: 100 } });
    expect((await ask("GET", "/webhooks")).body).toEqual([]);
    expect((await ask("GET", "/agents")).body).toHaveLength(100);
  });
});

test("an event that is larger than agents take is kept from them, and the others come", async () => {
  const agent = await connectOfficially(app, customer.key);
  const { events } = takeVerified(receiver, secret);
  await agent.subscribe({ ...asked(), arguments: { include: "full" } });
  const kept = (await publish({ data: { search_id: "s-1", note: "x".repeat(262_000) } })).body;
  const sent = (await publish({ data: { search_id: "s-2" } })).body;
  const idOf = (event: unknown) => (event as { id: string }).id;
  await expect.poll(() => events.map(({ eventId }) => eventId), { timeout: 10_000 }).toEqual([idOf(sent)]);
  const trace = await ask("GET", `/events/${idOf(kept)}`);
  expect(trace.body).toMatchObject({
    agents: [{ delivery: null, why: expect.stringContaining("262144 at most") }],
  });
});

test("a message over 256 KiB is refused", async () => {
  const agent = await connectOfficially(app, customer.key);
  const large = { ...asked(), arguments: { search_id: "x".repeat(300_000) } };
  await expect(agent.subscribe(large)).rejects.toThrow("larger than 256 KiB");
});
