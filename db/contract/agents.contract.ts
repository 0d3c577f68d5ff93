import { expect, test } from "vitest";
import { audienceId } from "@/domain/agent/audience";
import { placeIn } from "@/domain/agent/cursor";
import { agentLimits } from "@/domain/limits";
import { ann } from "../actor.kit";
import { attempt, day, hour, minute, type Open } from "../contract.kit";
import { agentScene } from "./agents.kit";

/** Agents subscribe to a customer's events. */
export function agents(open: Open): void {
  const scene = agentScene(open);
  const { store, clock, customer, agent, newKey, ask, challenged, claimChallenge } = scene;
  const { subscribe, publishSearch, seen, sent, told, claim } = scene;

  test("a URL is asked first, and until it has answered nothing is subscribed", async () => {
    const asked = await challenged({ id: "sub_1" });
    const challenge = await claimChallenge(asked);
    expect(challenge).toMatchObject({
      isTest: true,
      event: { id: asked.eventId, payload: '{"type":"verification"}' },
      webhook: { customerId: audienceId(customer, "ids"), subscriptionId: "sub_1", timeoutMs: 10_000 },
    });
    await publishSearch();
    expect(await sent()).toEqual([]);
    expect(await store.listSubscriptions(customer)).toEqual([]);
    expect(await store.getSubscription(customer, "sub_1")).toBeNull();
    expect(await told()).toEqual([]);
  });

  test("what its callback answered is read as of any test, by whoever asked it", async () => {
    const asked = await challenged();
    await store.recordAttempts([attempt(await claimChallenge(asked), 200, clock.now, {}, "echo")]);
    const found = await store.getDelivery(asked.customerId, asked.webhookId, asked.eventId);
    expect(found?.delivery).toMatchObject({ status: "delivered", statusCode: 200, isTest: true });
    expect(Buffer.from(found?.delivery.content?.response?.body ?? []).toString()).toBe("echo");
  });

  test("a URL that has answered makes the subscription, from then on and for its term", async () => {
    const before = clock.now;
    const asked = await challenged({ id: "sub_1", arguments: { search_id: "s-1" }, termMs: hour });
    clock.now += 5_000;
    const subscription = await store.settleChallenge(asked, true, ann);
    expect(subscription).toMatchObject({
      id: "sub_1",
      principalId: agent.key,
      name: "search_completed",
      arguments: { search_id: "s-1" },
      detail: "ids",
      client: "An agent 1.0",
      expiresAt: before + 5_000 + hour,
      deliveredAt: null,
      webhook: { url: "https://agent.example/callback?id=7", isActive: true, hasSecret: true },
    });
    expect(await store.listSubscriptions(customer)).toEqual([subscription]);
    expect(await seen({ id: "sub_1" })).toEqual(subscription);
  });

  test("a URL that did not answer makes none, nor does one that answered too late", async () => {
    const refused = await challenged({ id: "sub_1" });
    expect(await store.settleChallenge(refused, false, ann)).toBeNull();
    expect(await store.settleChallenge(refused, true, ann)).toBeNull();
    const late = await challenged({ id: "sub_1" });
    clock.now += agentLimits.settlingMs;
    expect(await store.settleChallenge(late, true, ann)).toBeNull();
    expect(await store.listSubscriptions(customer)).toEqual([]);
    expect(await told()).toEqual([]);
  });

  test("of two challenges of one subscription the later one counts", async () => {
    const first = await challenged({ id: "sub_1" });
    const second = await challenged({ id: "sub_1" });
    expect(await store.settleChallenge(first, true, ann)).toBeNull();
    expect(await store.settleChallenge(second, true, ann)).toMatchObject({ id: "sub_1" });
  });

  test("a URL that the same key has proved in the last day is not asked again", async () => {
    await subscribe();
    expect(await ask({ name: "flow_run_failed" })).toMatchObject({ kind: "subscribed", isNew: true });
    expect(await ask({ url: "https://agent.example/other" })).toMatchObject({ kind: "challenged" });
    expect(await ask({ principalId: await newKey() })).toMatchObject({ kind: "challenged" });
    clock.now += agentLimits.verifiedForMs;
    expect(await ask({ name: "flow_run_failed" })).toMatchObject({ kind: "challenged" });
  });

  test("what was proved is known after the subscription has ended, for as long", async () => {
    const { id } = await subscribe();
    await store.unsubscribe(customer, id, ann);
    clock.now += agentLimits.verifiedForMs - minute;
    const again = await ask({ termMs: day });
    expect(again).toMatchObject({ kind: "subscribed", isNew: true });
    clock.now += minute;
    expect(await ask({ name: "flow_run_failed" })).toMatchObject({ kind: "challenged" });
  });

  test("a refresh is the same subscription, with a new term and a new secret beside the old one", async () => {
    const seal = (secret: string) => () => secret;
    const first = await subscribe({ id: "sub_1", seal: seal("first") });
    clock.now += 30 * minute;
    const again = await ask({ id: "sub_1", seal: seal("second"), termMs: 2 * hour });
    expect(again).toMatchObject({
      kind: "subscribed",
      isNew: false,
      subscription: { webhook: { id: first.webhook.id }, expiresAt: clock.now + 2 * hour },
    });
    const secrets = () => store.getSecrets(first.webhook.customerId, first.webhook.id);
    expect(await secrets()).toEqual({ current: "second", previous: "first", leads: "current" });
    await ask({ id: "sub_1", seal: seal("third"), termMs: 2 * day });
    expect(await secrets()).toEqual({ current: "third", previous: "second", leads: "current" });
    clock.now += agentLimits.overlapMs;
    expect(await secrets()).toEqual({ current: "third", previous: null, leads: "current" });
  });

  test("a secret is sealed for the webhook that it is of", async () => {
    const owners: unknown[] = [];
    const seal = (owner: { customerId: string; webhookId: string }) => `sealed:${owners.push(owner)}`;
    const { webhook } = await subscribe({ id: "sub_1", detail: "full", seal });
    await ask({ id: "sub_1", detail: "full", seal });
    const owner = { customerId: audienceId(customer, "full"), webhookId: webhook.id };
    expect(owners).toEqual([owner, owner]);
    expect(webhook.customerId).toBe(owner.customerId);
  });

  test("a refresh closes the breaker, and what it held goes out", async () => {
    await subscribe({ id: "sub_1" });
    for (let count = 0; count < 5; count += 1) await publishSearch();
    await scene.turn(500);
    expect((await seen({ id: "sub_1" })).webhook.breaker).not.toBeNull();
    await ask({ id: "sub_1" });
    expect((await seen({ id: "sub_1" })).webhook.breaker).toBeNull();
    clock.now += minute;
    expect(await sent()).not.toEqual([]);
  });

  test("when something was last delivered is known, also after a refresh", async () => {
    const { id } = await subscribe();
    await publishSearch();
    clock.now += 1_000;
    await scene.turn(200);
    const { deliveredAt } = await seen({ id });
    expect(deliveredAt).toBe(clock.now);
    clock.now += minute;
    await ask({ id });
    expect((await seen({ id })).deliveredAt).toBe(deliveredAt);
  });

  test("what is on its way during a refresh counts as delivered once it was taken", async () => {
    const { id } = await subscribe();
    await publishSearch();
    const claims = await claim();
    await ask({ id });
    await store.recordAttempts(claims.map((each) => attempt(each, 204, clock.now)));
    expect((await seen({ id })).deliveredAt).toBe(clock.now);
  });

  test("one that has lapsed is subscribed anew, and is another webhook", async () => {
    const first = await subscribe({ id: "sub_1" });
    clock.now += hour;
    expect(await store.getSubscription(customer, "sub_1")).toBeNull();
    const second = await subscribe({ id: "sub_1" });
    expect(second.webhook.id).not.toBe(first.webhook.id);
    expect((await told()).map(({ action }) => action)).toEqual([
      "agent.subscribed",
      "agent.lapsed",
      "agent.subscribed",
    ]);
  });

  test("one that was ended is sent nothing more, and what waits is cancelled", async () => {
    const { id } = await subscribe();
    await publishSearch();
    expect(await store.unsubscribe(customer, id, ann)).toBe(true);
    await publishSearch();
    expect(await sent()).toEqual([]);
    expect(await store.unsubscribe(customer, id, ann)).toBe(false);
    expect(await store.listSubscriptions(customer)).toEqual([]);
    await scene.maintain();
    expect(await store.getBalance(audienceId(customer, "ids"))).toMatchObject({
      former: { matched: 1, cancelled: 1, waiting: 0 },
    });
  });

  test("one whose URL is being asked can be ended as well", async () => {
    const asked = await challenged({ id: "sub_1" });
    expect(await store.unsubscribe(customer, "sub_1", ann)).toBe(true);
    expect(await store.settleChallenge(asked, true, ann)).toBeNull();
    expect(await told()).toEqual([]);
  });

  test("the cursor is behind nothing that is still on its way", async () => {
    const { id } = await subscribe();
    const cursor = async () => placeIn((await seen({ id })).cursor);
    const empty = await cursor();
    expect(empty).toMatchObject({ at: clock.now });
    clock.now += minute;
    const acceptedAt = clock.now;
    await publishSearch();
    clock.now += minute;
    await publishSearch();
    expect(await cursor()).toEqual({ key: 0, at: acceptedAt });
    const [first] = await claim();
    if (first) await scene.record(first, 500);
    expect(await cursor()).toEqual({ key: 0, at: acceptedAt });
    clock.now += 10 * minute;
    await scene.turn(200);
    const done = await cursor();
    expect(done?.at).toBe(clock.now);
    expect(done?.key).toBeGreaterThan(empty?.key ?? 0);
  });
}
