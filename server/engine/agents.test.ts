import { Webhook as StandardWebhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, test } from "vitest";
import { agentScheduleMs } from "@/domain/agent/schedule";
import { agentLimits } from "@/domain/limits";
import { type Answer, type ReceivedRequest, standardHeaders } from "@/testing/receiver";
import { newSecret, startAgents } from "./agents.fixture";

const minute = 60_000;

let agents: Awaited<ReturnType<typeof startAgents>>;
beforeEach(async () => {
  agents = await startAgents();
});
afterEach(() => agents.close());

test("a challenge goes the way of deliveries, and what comes after it has the protocol's headers alone", async () => {
  const secret = newSecret();
  const subscription = await agents.subscribe({ id: "sub_1" }, secret);
  const eventId = await agents.publish();
  const [challenge, event] = await agents.receiver.waitFor(2);
  const { delivery, attempts } = await agents.ended(subscription, eventId);
  for (const [request, id] of [
    [challenge, expect.stringMatching(/^msg_verification_/)],
    [event, eventId],
  ] as const) {
    expect(signersOf(request, [secret, newSecret()])).toEqual([secret]);
    expect(ownHeaders(request)).toEqual({
      "Content-Type": "application/json",
      "User-Agent": "Fanfare/0.0.0",
      "X-MCP-Subscription-Id": "sub_1",
      "webhook-id": id,
      "webhook-timestamp": expect.stringMatching(/^\d{10}$/),
      "webhook-signature": expect.stringMatching(/^v1,\S{44}$/),
    });
    expect([request?.method, request?.url]).toEqual(["POST", "/mcp?subscription=7"]);
  }
  const { "webhook-signature": _, ...shown } = ownHeaders(event);
  expect(attempts[0]?.request).toEqual({ url: `${agents.receiver.url}/mcp?subscription=7`, headers: shown });
  expect(event?.body.toString()).toBe(delivery.content?.payload);
  expect(JSON.parse(delivery.content?.payload ?? "")).toMatchObject({
    eventId,
    name: "search_completed",
    data: { search_id: "s-1" },
  });
});

test("after a refresh both secrets sign, and once the old one is over the new one alone", async () => {
  const [before, now] = [newSecret(), newSecret()];
  await agents.subscribe({ id: "sub_1" }, before);
  await agents.subscribe({ id: "sub_1", termMs: 25 * 60 * minute }, now);
  await agents.publish();
  expect(signersOf((await agents.receiver.waitFor(2))[1], [now, before])).toEqual([now, before]);
  agents.goOn(agentLimits.overlapMs);
  await agents.publish();
  expect(signersOf((await agents.receiver.waitFor(3))[2], [now, before])).toEqual([now]);
});

test("what fails is sent again after 30 s, 2 min and 10 min, the same bytes signed anew, and then no more", async () => {
  const secret = newSecret();
  const subscription = await agents.subscribe({}, secret);
  agents.receiver.answerAlways({ status: 500 });
  const eventId = await agents.publish();
  for (const [made, waitMs] of agentScheduleMs.entries()) {
    await agents.attempted(subscription, eventId, made + 1);
    agents.goOn(waitMs);
  }
  const { delivery } = await agents.ended(subscription, eventId);
  expect(delivery).toMatchObject({ status: "failed", attemptCount: 4 });
  const sent = (await agents.receiver.waitFor(5)).slice(1);
  expect(new Set(sent.map(({ body }) => body.toString())).size).toBe(1);
  expect(sent.map((request) => signersOf(request, [secret]))).toEqual(sent.map(() => [secret]));
  const seconds = sent.map(({ headers }) => Number(headers["webhook-timestamp"]));
  const waits = seconds.slice(1).map((at, index) => at - (seconds[index] ?? 0));
  for (const [index, waitMs] of agentScheduleMs.entries()) {
    expect(waits[index]).toBeGreaterThanOrEqual(waitMs / 1_000 - 1);
  }
});

test("503 and 425, while a client stores its answer, are followed by a delivery", async () => {
  const subscription = await agents.subscribe();
  agents.receiver.answerNext({ status: 503 }, { status: 425 });
  const eventId = await agents.publish();
  for (const made of [1, 2]) {
    await agents.attempted(subscription, eventId, made);
    agents.goOn(agentScheduleMs[made - 1] ?? 0);
  }
  expect((await agents.ended(subscription, eventId)).delivery).toMatchObject({
    status: "delivered",
    attemptCount: 3,
  });
});

test("a receiver that asks for more time is given it", async () => {
  const subscription = await agents.subscribe();
  agents.receiver.answerNext({ status: 503, headers: { "Retry-After": "300" } });
  const eventId = await agents.publish();
  const { delivery } = await agents.attempted(subscription, eventId, 1);
  expect((delivery.nextAttemptAt ?? 0) - Date.now()).toBeGreaterThan(4 * minute);
});

test.each([410, 413])("%i ends one delivery, and the next event is sent", async (status) => {
  const subscription = await agents.subscribe();
  agents.receiver.answerNext({ status });
  const refused = await agents.ended(subscription, await agents.publish());
  expect(refused.delivery).toMatchObject({ status: "failed", attemptCount: 1 });
  expect((await agents.ended(subscription, await agents.publish())).delivery.status).toBe("delivered");
});

test.each<[string, Answer, string]>([
  ["a redirect is not followed", { status: 307, headers: { location: "/elsewhere" } }, "redirect"],
  ["nobody waits longer than 10 s", "hang", "response_timeout"],
])("%s", async (_, answer, code) => {
  const subscription = await agents.subscribe();
  agents.receiver.answerNext(answer);
  const eventId = await agents.publish();
  const { delivery, attempts } = await agents.attempted(subscription, eventId, 1);
  expect([delivery.status, attempts[0]?.error?.code]).toEqual(["pending", code]);
  expect(attempts[0]?.durationMs).toBeLessThan(15_000);
  expect(agents.receiver.requests.map(({ url }) => url)).not.toContain("/elsewhere");
});

test("a callback in a private network is asked nothing", async () => {
  const asked = await agents.ask({ url: "https://10.0.0.1/mcp" });
  if (asked.kind !== "challenged") throw new Error("It was not to be asked.");
  const { delivery } = await agents.ended(asked, asked.eventId);
  expect(delivery).toMatchObject({ status: "failed", error: { code: "blocked_address" } });
});

test("nothing is sent once the term is over, though another attempt was due", async () => {
  const subscription = await agents.subscribe({ termMs: 5 * minute });
  const other = await agents.subscribe({ url: `${agents.receiver.url}/other`, termMs: 60 * minute });
  agents.receiver.answerAlways(({ url }) => ({ status: url === "/other" ? 200 : 500 }));
  const eventId = await agents.publish();
  await agents.attempted(subscription, eventId, 1);
  agents.goOn(5 * minute);
  await agents.ended(other, await agents.publish());
  expect(agents.receiver.requests.filter(({ url }) => url !== "/other")).toHaveLength(2);
});

/** The secrets of which a request has a signature as the published library makes it, in their order. */
function signersOf(request: ReceivedRequest | undefined, secrets: string[]): string[] {
  if (!request) expect.fail("Nothing came.");
  const {
    "webhook-id": id,
    "webhook-timestamp": at,
    "webhook-signature": signatures,
  } = standardHeaders(request);
  const madeWith = (secret: string) =>
    new StandardWebhook(secret).sign(id, new Date(Number(at) * 1_000), request.body);
  return signatures.split(" ").flatMap((each) => secrets.find((secret) => madeWith(secret) === each) ?? []);
}

/** Without what HTTP needs. */
function ownHeaders(request: ReceivedRequest | undefined): Record<string, string> {
  const http = /^(host|connection|content-length|transfer-encoding|accept|accept-encoding)$/i;
  return Object.fromEntries((request?.rawHeaders ?? []).filter(([name]) => !http.test(name)));
}
