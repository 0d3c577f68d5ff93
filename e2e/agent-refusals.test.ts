import { describe, expect, test } from "vitest";
import { call } from "@/testing/client";
import { connectOfficially, refusal, type SubscribeParams, takeVerified } from "@/testing/official-agent";
import { secret, setScene } from "@/testing/scene";

const { app, customer, receiver, ask, publish } = setScene();

const secretOf = (bytes: number) => `whsec_${Buffer.alloc(bytes, 7).toString("base64")}`;

const asked = (more: Partial<SubscribeParams["delivery"]> = {}): SubscribeParams => ({
  name: "search_completed",
  arguments: {},
  delivery: { mode: "webhook", url: `${receiver.url}/agent`, secret, ...more },
});

describe("a subscription is refused, and its callback asked nothing:", () => {
  test.each([
    ["an unknown event", () => ({ ...asked(), name: "no_such_event" }), -32_011, { kind: "event" }],
    ["a secret of 23 bytes", () => asked({ secret: secretOf(23) }), -32_602, { field: "delivery.secret" }],
    ["a secret of 65 bytes", () => asked({ secret: secretOf(65) }), -32_602, { field: "delivery.secret" }],
    [
      "a secret without its prefix",
      () => asked({ secret: "x".repeat(40) }),
      -32_602,
      { field: "delivery.secret" },
    ],
    [
      "an argument that is not declared",
      () => ({ ...asked(), arguments: { name: "Ada" } }),
      -32_602,
      { field: "arguments.name" },
    ],
    [
      "an argument of another kind",
      () => ({ ...asked(), arguments: { min_hit_count: "many" } }),
      -32_602,
      { field: "arguments.min_hit_count" },
    ],
    [
      "a callback without TLS",
      () => asked({ url: "http://agent.example/" }),
      -32_602,
      { field: "delivery.url" },
    ],
    ["a private callback", () => asked({ url: "https://10.0.0.1/" }), -32_602, { field: "delivery.url" }],
    [
      "another mode of delivery",
      () => asked({ mode: "poll" }),
      -32_014,
      { feature: "delivery.mode", value: "poll" },
    ],
    ["a cursor that was never given", () => ({ ...asked(), cursor: "mine" }), -32_602, { field: "cursor" }],
  ])("%s", async (_, params, code, data) => {
    const agent = await connectOfficially(app, customer.key);
    expect(await refusal(agent.subscribe(params()))).toMatchObject({ code, data });
    expect(receiver.requests).toHaveLength(0);
    await agent.client.close();
  });
});

describe("a callback that does not prove itself is not subscribed, and gets no event:", () => {
  test.each([
    ["it redirects", { status: 307, headers: { location: "/elsewhere" } }, "challenge_failed"],
    ["it answers another challenge", { status: 200, body: '{"challenge":"mine"}' }, "challenge_failed"],
    ["it answers 2xx and nothing", { status: 204 }, "challenge_failed"],
    ["it refuses", { status: 404 }, "http_4xx"],
    ["it fails", { status: 500 }, "http_5xx"],
  ])("%s", async (_, answer, reason) => {
    const agent = await connectOfficially(app, customer.key);
    receiver.answerAlways(answer);
    expect(await refusal(agent.subscribe(asked()))).toMatchObject({ code: -32_015, data: { reason } });
    await publish();
    expect(receiver.requests).toHaveLength(1);
    const { events } = takeVerified(receiver, secret);
    expect(await agent.subscribe(asked())).toMatchObject({ truncated: false });
    await publish();
    await expect.poll(() => events, { timeout: 10_000 }).toHaveLength(1);
    await agent.client.close();
  });

  test("nobody listens", async () => {
    const agent = await connectOfficially(app, customer.key);
    await receiver.close();
    const reason = "connection_refused";
    expect(await refusal(agent.subscribe(asked()))).toMatchObject({ code: -32_015, data: { reason } });
    await agent.client.close();
  });
});

describe("there is room for", () => {
  /** Asks for as many subscriptions as told, each with other arguments. */
  async function subscribeTimes(key: string, count: number) {
    const agent = await connectOfficially(app, key);
    const wanted = (turn: number) => ({ ...asked(), arguments: { search_id: `s-${turn}` } });
    for (let turn = 0; turn < count; turn += 1) await agent.subscribe(wanted(turn));
    return { ...agent, first: wanted(0), next: wanted(count) };
  }

  const anotherKey = async () => {
    const path = `/customers/${customer.id}/api-keys`;
    const made = await call(app, "POST", path, { key: app.platformKey, body: { access: "read" } });
    return (made.body as { key: string }).key;
  };

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

  test("10 callbacks a minute that a key has yet to prove", async () => {
    takeVerified(receiver, secret);
    const agent = await connectOfficially(app, customer.key);
    const at = (turn: number) => asked({ url: `${receiver.url}/agent?turn=${turn}` });
    for (let turn = 0; turn < 10; turn += 1) await agent.subscribe(at(turn));
    expect(await refusal(agent.subscribe(at(10)))).toMatchObject({ code: -32_013, data: { max: 10 } });
    await agent.subscribe(at(0));
  });
});

test("an event that is larger than agents take is kept from them, and the others come", async () => {
  const agent = await connectOfficially(app, customer.key);
  const { events } = takeVerified(receiver, secret);
  await agent.subscribe({ ...asked(), arguments: { include: "full" } });
  const large = { search_id: "s-1", note: "x".repeat(262_000) };
  const kept = (await publish({ data: large })).body as { id: string };
  const { body } = await publish({ data: { search_id: "s-2" } });
  await expect
    .poll(() => events.map(({ eventId }) => eventId), { timeout: 10_000 })
    .toEqual([(body as { id: string }).id]);
  const trace = await ask("GET", `/events/${kept.id}`);
  expect(trace.body).toMatchObject({
    agents: [{ delivery: null, why: expect.stringContaining("262144 at most") }],
  });
});

test("a message over 256 KiB is refused before it is read", async () => {
  const agent = await connectOfficially(app, customer.key);
  const large = { ...asked(), arguments: { search_id: "x".repeat(300_000) } };
  await expect(agent.subscribe(large)).rejects.toThrow("413");
});
