import { afterEach, expect, test } from "vitest";
import { createSelfSigned } from "@/testing/certificates";
import { type Answer, startReceiver } from "@/testing/receiver";
import { type Agents, openAgents } from "./agent.fixture";

let agents: Agents;
afterEach(() => agents.close());

const failed = (reason: string) => ({ code: -32015, data: { reason } });
const wrong = { body: JSON.stringify({ challenge: "another" }) };

test.each<[string, Answer, string]>([
  ["an empty 200", {}, "challenge_failed"],
  ["another challenge", wrong, "challenge_failed"],
  ["a challenge that is no text", { body: '{"challenge":1}' }, "challenge_failed"],
  ["more than is kept of an answer", { body: `{"challenge":"${"x".repeat(20_000)}"}` }, "challenge_failed"],
  ["a redirect", { status: 307, headers: { location: "https://elsewhere.example/" } }, "challenge_failed"],
  ["404", { status: 404 }, "http_4xx"],
  ["410", { status: 410 }, "http_4xx"],
  ["500", { status: 500 }, "http_5xx"],
  ["the end of the connection", "reset", "connection_refused"],
  ["nothing in time", "hang", "timeout"],
])("a callback that answers with %s makes no subscription", async (_what, answer, reason) => {
  agents = await openAgents();
  agents.receiver.answerAlways(answer);
  const client = await agents.connectOfficial();
  await expect(agents.subscribeAs(client, {})).rejects.toMatchObject(failed(reason));
  expect(await agents.subscriptions()).toEqual([]);

  agents.answerAsAgent();
  expect(await agents.subscribeAs(client, {})).toHaveProperty("id");
});

test("a callback that nobody trusts, or that nobody listens at, is told apart", async () => {
  agents = await openAgents();
  const client = await agents.connectOfficial();
  const selfSigned = await startReceiver({ tls: await createSelfSigned() });
  const { url } = selfSigned;
  await expect(agents.subscribeAs(client, {}, { url })).rejects.toMatchObject(failed("tls_error"));
  await selfSigned.close();
  const refused = agents.subscribeAs(client, {}, { url });
  await expect(refused).rejects.toMatchObject(failed("connection_refused"));
});

test("a name that leads into a private network reads as one that refuses connections", async () => {
  agents = await openAgents({ reaches: [] });
  const client = await agents.connectOfficial();
  await expect(agents.subscribeAs(client, {})).rejects.toMatchObject(failed("connection_refused"));
  expect(agents.receiver.connectionCount()).toBe(0);
});

test("without a worker nobody can be asked, which is told, and nothing is left of it", async () => {
  agents = await openAgents({ hasWorker: false });
  const client = await agents.connectOfficial();
  await expect(agents.subscribeAs(client, {})).rejects.toMatchObject({
    code: -32603,
    message: expect.stringContaining("No delivery worker is running"),
    data: { reason: "unavailable" },
  });
  expect(await agents.subscriptions()).toEqual([]);
});

test("an agent that leaves while its callback is asked leaves nothing", async () => {
  agents = await openAgents();
  agents.receiver.answerAlways("hang");
  const leaving = new AbortController();
  const client = await agents.connectOfficial();
  const asking = agents.subscribeAs(client, {}, { signal: leaving.signal });
  await agents.receiver.waitFor(1);
  expect(await agents.unproved()).toHaveLength(1);
  leaving.abort();
  await expect(asking).rejects.toThrow();
  await expect.poll(() => agents.unproved()).toEqual([]);
});

test("of two who ask for the same at once one is told that it was ended, and there is one subscription", async () => {
  agents = await openAgents();
  agents.receiver.answerAlways(({ body }) => ({ body, delayMs: 500 }));
  const client = await agents.connectOfficial();
  const asked = await Promise.allSettled([agents.subscribeAs(client, {}), agents.subscribeAs(client, {})]);
  expect(asked.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { code: -32011, data: { kind: "subscription" } },
  });
  expect(await agents.subscriptions()).toHaveLength(1);
});

test("only so many callbacks of a key are asked in a minute", async () => {
  agents = await openAgents();
  const client = await agents.connectOfficial();
  for (let n = 0; n < 10; n += 1)
    await agents.subscribeAs(client, {}, { url: `${agents.receiver.url}/${n}` });
  await expect(agents.subscribeAs(client, {}, { url: `${agents.receiver.url}/10` })).rejects.toMatchObject({
    code: -32013,
    data: { limit: "verifications_per_minute", max: 10 },
  });
  agents.api.clock.now += 60_001;
  expect(await agents.subscribeAs(client, {}, { url: `${agents.receiver.url}/10` })).toHaveProperty("id");
});

test("a key has at most 20 subscriptions, and a customer 100", async () => {
  agents = await openAgents();
  const ofKey = await fill(agents.customer.key);
  await expect(agents.subscribeAs(ofKey, { case_id: "C-20" })).rejects.toMatchObject({
    code: -32013,
    data: { limit: "subscriptions_per_key", max: 20 },
  });
  for (let key = 1; key < 5; key += 1) await fill(await agents.newKey());
  const last = await agents.connectOfficial(await agents.newKey());
  await expect(agents.subscribeAs(last, {})).rejects.toMatchObject({
    code: -32013,
    data: { limit: "subscriptions_per_customer", max: 100 },
  });
}, 60_000);

/** Makes as many subscriptions with a key as it may have. */
async function fill(key: string) {
  const client = await agents.connectOfficial(key);
  for (let n = 0; n < 20; n += 1) await agents.subscribeAs(client, { case_id: `C-${n}` });
  return client;
}
