import { expect, test } from "vitest";
import { agentLimits } from "@/domain/limits";
import { ann } from "../actor.kit";
import { hour, minute, newCustomer, newWebhook, type Open } from "../contract.kit";
import { agentScene } from "./agents.kit";
import { only } from "./scene.kit";

/** Who may subscribe, to how much, and who is told. */
export function agentSubscribers(open: Open): void {
  const scene = agentScene(open);
  const { store, clock, customer, agent, newKey, ask, challenged } = scene;
  const { subscribe, publishSearch, seen, told, claim } = scene;

  test("the log tells who subscribed to what, from where and until when, and no refresh", async () => {
    const { id } = await subscribe({ arguments: { search_id: ["s-1", "s-2"] } });
    const until = new Date(clock.now + hour).toISOString();
    await ask({ id, arguments: { search_id: ["s-1", "s-2"] } });
    await store.unsubscribe(customer, id, ann);
    const [ended, subscribed, ...others] = await told();
    const facts = {
      event: "search_completed",
      arguments: '{"search_id":["s-1","s-2"]}',
      client: "An agent 1.0",
      until,
    };
    const changes = Object.entries(facts).map(([field, to]) => ({ field, from: null, to }));
    const subject = { id, name: "agent.example" };
    expect(subscribed).toMatchObject({ action: "agent.subscribed", subject, changes, by: { id: "ann" } });
    expect(ended).toMatchObject({ action: "agent.unsubscribed", subject });
    expect(others).toEqual([]);
  });

  test("only a key of the customer subscribes, for as long as it counts", async () => {
    const other = await newCustomer(store);
    expect(await ask({ principalId: await newKey(null, other) })).toEqual({ kind: "not_found" });
    expect(await ask({ customerId: other })).toEqual({ kind: "not_found" });
    const ending = await newKey(clock.now + hour);
    expect(await ask({ principalId: ending })).toMatchObject({ kind: "challenged" });
    clock.now += hour;
    expect(await ask({ principalId: ending })).toEqual({ kind: "not_found" });
  });

  test("another customer's subscription is as good as none", async () => {
    const { id } = await subscribe();
    const other = await newCustomer(store);
    expect(await store.getSubscription(other, id)).toBeNull();
    expect(await store.unsubscribe(other, id, ann)).toBe(false);
    expect(await seen({ id })).toMatchObject({ id });
  });

  test("a key may have 20 subscriptions, those that are being proved among them", async () => {
    await subscribe();
    for (let count = 2; count < agentLimits.perKey; count += 1) await subscribe();
    await challenged({ url: "https://agent.example/other" });
    expect(await ask()).toEqual({ kind: "too_many", of: "key" });
    const another = { url: "https://agent.example/more", principalId: await newKey() };
    expect(await ask(another)).toMatchObject({ kind: "challenged" });
    clock.now += agentLimits.settlingMs;
    expect(await ask()).toMatchObject({ kind: "subscribed" });
  });

  test("a customer may have 100 subscriptions", async () => {
    for (let count = 0; count < agentLimits.perCustomer; count += 1) {
      if (count % agentLimits.perKey === 0) agent.key = await newKey();
      await subscribe();
    }
    agent.key = await newKey();
    expect(await ask()).toEqual({ kind: "too_many", of: "customer" });
  });

  test("a key asks 10 URLs in a minute, and a URL that is known costs none of them", async () => {
    await subscribe();
    for (let count = 1; count < agentLimits.challengesPerMinute; count += 1) {
      const asked = await challenged({ url: `https://agent.example/${count}` });
      await store.settleChallenge(asked, false, ann);
    }
    const more = { url: "https://agent.example/more" };
    expect(await ask(more)).toEqual({ kind: "too_many", of: "challenges" });
    expect(await ask()).toMatchObject({ kind: "subscribed" });
    clock.now += minute;
    expect(await ask(more)).toMatchObject({ kind: "challenged" });
  });

  test("nobody who looks at the customer's webhooks sees one of an agent's", async () => {
    const webhook = await newWebhook(store, customer);
    const { webhook: own } = await subscribe();
    const id = await publishSearch();
    expect((await store.listWebhooks(customer)).map((each) => each.id)).toEqual([webhook]);
    expect(await store.getWebhook(customer, own.id)).toBeNull();
    const found = await store.getEvent(customer, id);
    expect(found?.event.deliveries).toBe(1);
    expect(found?.traces.map(({ webhookId }) => webhookId)).toEqual([webhook]);
    expect(only((await claim()).filter(({ webhook: { id: to } }) => to === own.id)).event.id).toBe(id);
    expect((await store.getBalance(customer)).webhooks).toHaveLength(1);
  });
}
