import { expect, test } from "vitest";
import { agentScheduleMs } from "@/domain/agent/schedule";
import { agentHeaders } from "@/domain/delivery/sent-headers";
import { agentLimits, maxLostInARow } from "@/domain/limits";
import { attempt, hour, minute, newWebhook, type Open } from "../contract.kit";
import type { Claim } from "../store";
import { agentScene } from "./agents.kit";
import { only } from "./scene.kit";

const [firstWaitMs = 0] = agentScheduleMs;

/** What is sent to agents, for how long, and what their answers come to. */
export function agentsSending(open: Open): void {
  const scene = agentScene(open);
  const { store, clock, customer, claim, record, turn } = scene;
  const { subscribe, ask, challenged, publishSearch, sent, seen } = scene;

  const delivery = async ({ webhook }: { webhook: { customerId: string; id: string } }, eventId: string) => {
    const found = await store.getDelivery(webhook.customerId, webhook.id, eventId);
    if (!found) throw new Error("The delivery is not there.");
    return found;
  };
  /** Fails the first attempt of five events, which opens the breaker; answers the events. */
  const openBreaker = async () => {
    const events: string[] = [];
    for (let n = 0; n < 5; n += 1) events.push(await publishSearch());
    await turn(500);
    return events;
  };

  test("a claim names the subscription, and no secret leads where two sign", async () => {
    await subscribe({ id: "sub_1", seal: () => "k:first" });
    await ask({ id: "sub_1", seal: () => "k:second" });
    await publishSearch();
    expect(only(await claim())).toMatchObject({
      signing: { leads: "current", fallback: null },
      webhook: { subscriptionId: "sub_1", secret: "k:second", previousSecret: "k:first", headers: [] },
    });
  });

  test("a claim of an ordinary webhook names none", async () => {
    await newWebhook(store, customer);
    await publishSearch();
    expect(only(await claim()).webhook.subscriptionId).toBeNull();
  });

  test("what is shown of an attempt is what was sent", async () => {
    const subscription = await subscribe({ id: "sub_1" });
    const eventId = await publishSearch();
    const claimed = only(await claim());
    const headers = agentHeaders({
      subscriptionId: "sub_1",
      eventId,
      sentBy: "1.2.3",
      signedAt: 1_800_000_000,
    });
    const request = { url: claimed.webhook.url, headers };
    await store.recordAttempts([{ ...attempt(claimed, 200, clock.now), request }]);
    const { attempts } = await delivery(subscription, eventId);
    expect(attempts[0]?.request).toEqual(request);
  });

  test("after its term nothing is sent any more", async () => {
    const { expiresAt } = await subscribe({ termMs: 5 * minute });
    await publishSearch();
    await turn(503);
    clock.now = expiresAt - 1;
    expect(await turn(503)).toHaveLength(1);
    clock.now = expiresAt;
    expect(await sent()).toEqual([]);
    clock.now += 10 * minute;
    expect(await sent()).toEqual([]);
    expect(await store.nextDueInMs()).toBeNull();
  });

  test("one whose term is over keeps nobody else from anything", async () => {
    const { expiresAt } = await subscribe({ termMs: 5 * minute });
    await newWebhook(store, customer);
    await publishSearch();
    clock.now = expiresAt;
    expect((await claim()).map(({ webhook }) => webhook.subscriptionId)).toEqual([null]);
  });

  test("what a lost worker had is not sent again after the term", async () => {
    const { expiresAt } = await subscribe({ termMs: 5 * minute });
    await publishSearch();
    expect(await claim()).toHaveLength(1);
    clock.now = expiresAt;
    expect(await sent()).toEqual([]);
    expect(await store.nextDueInMs()).toBeNull();
  });

  test("a challenge that nobody could send in time is not sent later", async () => {
    await challenged();
    clock.now += agentLimits.settlingMs;
    expect(await sent()).toEqual([]);
    expect(await store.nextDueInMs()).toBeNull();
  });

  test("an answer that was under way when the term ended is on record", async () => {
    const subscription = await subscribe({ termMs: 5 * minute });
    const eventId = await publishSearch();
    const claimed = only(await claim());
    clock.now = subscription.expiresAt + 1;
    expect(await record(claimed, 200)).toEqual(["recorded"]);
    expect((await delivery(subscription, eventId)).delivery.status).toBe("delivered");
  });

  test.each([410, 413])("%i ends one delivery, and the next event is sent", async (status) => {
    const subscription = await subscribe();
    const eventId = await publishSearch();
    await turn(status);
    expect((await delivery(subscription, eventId)).delivery).toMatchObject({
      status: "failed",
      attemptCount: 1,
    });
    const next = await publishSearch();
    expect(await sent()).toEqual([next]);
    expect((await seen(subscription)).webhook).toMatchObject({ isActive: true, breaker: null });
  });

  test("four attempts are made in 13 minutes, and then the delivery has failed", async () => {
    const subscription = await subscribe();
    const eventId = await publishSearch();
    await turn(500);
    for (const waitMs of agentScheduleMs) {
      expect(await sent()).toEqual([]);
      clock.now += waitMs - 100;
      expect(await sent()).toEqual([]);
      clock.now += 100;
      expect(await turn(500)).toHaveLength(1);
    }
    expect((await delivery(subscription, eventId)).delivery).toMatchObject({
      status: "failed",
      attemptCount: 4,
    });
  });

  test("a refused secret waits like any failure, though another one signs as well", async () => {
    await subscribe({ id: "sub_1", seal: () => "k:first" });
    await ask({ id: "sub_1", seal: () => "k:second" });
    await publishSearch();
    await turn(401);
    expect(await store.nextDueInMs()).toBeGreaterThan(firstWaitMs - minute / 60);
  });

  test("a probe that is answered 413 ends what it was made with, and the next one is made with another", async () => {
    const subscription = await subscribe();
    const events = await openBreaker();
    expect((await seen(subscription)).webhook.breaker).not.toBeNull();
    clock.now += minute;
    const probe = only(await turn(413));
    expect(probe.reason).toBe("probe");
    expect((await delivery(subscription, probe.event.id)).delivery.status).toBe("failed");
    clock.now += 10 * minute;
    const next = only(await claim());
    expect(next.reason).toBe("probe");
    expect(events.filter((id) => id !== probe.event.id)).toContain(next.event.id);
  });

  test("an agent's receiver that fails is an incident, of which neither the platform nor the customer is told", async () => {
    await store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
    const { webhook } = await subscribe({ termMs: 24 * hour });
    await newWebhook(store, customer, { events: ["webhook.failing"] });
    await openBreaker();
    await turn(410); // a probe, by which a delivery fails
    const claims: Claim[] = [];
    for (let lost = 0; lost <= maxLostInARow; lost += 1) {
      clock.now += hour;
      claims.push(...(await claim()));
    }
    while (await store.passOnNotices());
    claims.push(...(await claim()));
    expect(new Set(claims.map((each) => each.webhook.id))).toEqual(new Set([webhook.id]));
    expect(await store.listIncidents(webhook.customerId, webhook.id)).toMatchObject([
      { endedAt: null, cause: { code: "agent_failed" } },
    ]);
  });

  test("nor of a certificate of it that ends soon", async () => {
    await store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
    await subscribe({ termMs: 24 * hour });
    await newWebhook(store, customer, { events: ["webhook.certificate_expiring"] });
    await publishSearch();
    const ended = attempt(only(await claim()), 200, clock.now);
    ended.outcome.peer.certificate_expires_at = new Date(clock.now + hour).toISOString();
    await store.recordAttempts([ended]);
    await store.checkWarnings(null, 15_000);
    while (await store.passOnNotices());
    expect(await claim()).toEqual([]);
  });
}
