import { expect, test } from "vitest";
import { audienceId, audienceIds } from "@/domain/agent/audience";
import { agentLimits } from "@/domain/limits";
import { ann } from "../actor.kit";
import { day, hour, minute, newEvent, newWebhook, type Open } from "../contract.kit";
import { agentScene } from "./agents.kit";
import { only } from "./scene.kit";

/** How subscriptions end by themselves, and what of agents nobody else meets. */
export function agentEnds(open: Open): void {
  const scene = agentScene(open);
  const { store, clock, customer, agent, newKey, ask, challenged, subscribe } = scene;
  const { publishSearch, claim, sent, told, turn, maintain } = scene;
  const formerOf = async (detail: "ids" | "full") =>
    (await store.getBalance(audienceId(customer, detail))).former;

  test("one that was not refreshed is ended by upkeep, with what waits", async () => {
    const { id } = await subscribe();
    await publishSearch();
    clock.now += hour;
    await maintain();
    const [lapsed] = await told();
    expect(lapsed).toMatchObject({ action: "agent.lapsed", subject: { id }, by: { kind: "system" } });
    expect(await formerOf("ids")).toMatchObject({ matched: 1, cancelled: 1, waiting: 0 });
    expect(await sent()).toEqual([]);
  });

  test("one that was refreshed is not", async () => {
    const { id } = await subscribe();
    clock.now += hour - minute;
    await ask({ id });
    clock.now += 2 * minute;
    await maintain();
    expect(await store.listSubscriptions(customer)).toMatchObject([{ id }]);
  });

  test("a clock that ran ahead and is put right ends none", async () => {
    const { id } = await subscribe();
    await maintain();
    scene.jump(3 * hour);
    await maintain();
    expect(await store.listSubscriptions(customer)).toEqual([]);
    scene.jump(-3 * hour);
    expect(await store.listSubscriptions(customer)).toMatchObject([{ id }]);
  });

  test("one that was never proved goes without a word", async () => {
    const { webhookId, customerId } = await challenged();
    clock.now += 2 * agentLimits.settlingMs;
    await maintain();
    expect(await store.getWebhook(customerId, webhookId)).toBeNull();
    expect(await told()).toEqual([]);
  });

  test("challenges that were never sent end with what they are of", async () => {
    const { webhook } = await subscribe({ termMs: hour });
    const sendTest = (eventId: string) => {
      const content = { type: "search_completed", dataJson: "{}" };
      const { customerId, id: webhookId } = webhook;
      return store.createTest({ customerId, webhookId, eventId, ...content }, ann);
    };
    for (let n = 0; n < 5; n += 1) await challenged({ url: `https://agent.example/${n}` });
    expect(await sendTest("one-too-many")).toBe("too_many");
    clock.now += agentLimits.settlingMs;
    await maintain();
    for (let n = 0; n < 5; n += 1) expect(await claim()).toEqual([]); // some of a customer's at a time
    expect(await sendTest("a-test")).toBe("created");
    expect(only(await claim()).event.id).toBe("a-test");
  });

  test("a challenge that is lost with its worker ends after what it is of", async () => {
    const claimed = await scene.claimChallenge(await challenged());
    clock.now += 2 * agentLimits.settlingMs;
    await maintain();
    expect(await sent()).toEqual([]);
    expect(await scene.record(claimed, 200)).toEqual(["lease_lost"]);
  });

  test("a key that is revoked ends what it subscribed to, each with one last message", async () => {
    const ended = await subscribe();
    const waiting = await challenged({ url: "https://agent.example/other" });
    const other = await subscribe({ principalId: await newKey() });
    await publishSearch();
    expect(await store.revokeApiKey(customer, agent.key, ann)).toBe(true);
    expect(await store.listSubscriptions(customer)).toMatchObject([{ id: other.id }]);
    expect(await store.settleChallenge(waiting, true, ann)).toBeNull();
    await publishSearch();
    const claims = (await claim()).filter(({ webhook }) => webhook.id !== other.webhook.id);
    const last = only(claims);
    expect(last).toMatchObject({ isTest: true, webhook: { id: ended.webhook.id, subscriptionId: ended.id } });
    expect(last.event.id).toMatch(/^msg_terminated_/);
    expect(JSON.parse(last.event.payload)).toMatchObject({
      type: "terminated",
      error: { code: -32012, data: { reason: "access_revoked" } },
    });
    const log = (await told()).filter(({ action }) => action === "agent.terminated");
    expect(log).toMatchObject([{ subject: { id: ended.id }, by: { id: "ann" } }]);
    expect(await ask({ id: ended.id })).toEqual({ kind: "not_found" });
    clock.now += 2 * agentLimits.settlingMs;
    await maintain();
    expect(await store.getWebhook(ended.webhook.customerId, ended.webhook.id)).toBeNull();
    expect((await told()).map(({ action }) => action)).not.toContain("agent.lapsed");
    expect(await formerOf("ids")).toMatchObject({ matched: 1, cancelled: 1 });
  });

  test("a key that comes to its end ends what it subscribed to as well", async () => {
    agent.key = await newKey(clock.now + hour);
    const { id } = await subscribe({ termMs: day });
    clock.now += hour;
    await maintain();
    expect(await store.listSubscriptions(customer)).toEqual([]);
    const [ended] = await told();
    expect(ended).toMatchObject({ action: "agent.terminated", subject: { id }, by: { kind: "system" } });
    expect(only(await claim()).event.id).toMatch(/^msg_terminated_/);
  });

  test("agents end with their customer, and so does all that was kept of them", async () => {
    await subscribe();
    await subscribe({ detail: "full" });
    await challenged({ url: "https://agent.example/other" });
    await publishSearch();
    await store.deleteCustomer(customer, ann);
    expect(await sent()).toEqual([]);
    expect(await store.listSubscriptions(customer)).toEqual([]);
    await maintain();
    for (const audience of audienceIds(customer)) {
      expect((await store.getBalance(audience)).former).toMatchObject({ matched: 0 });
    }
    await store.createCustomer({ id: customer, name: "Northwind", externalId: null }, ann);
    agent.key = await newKey();
    expect(await subscribe()).toMatchObject({ webhook: { customerId: audienceId(customer, "ids") } });
  });

  test("who counts, lists or looks for customers and webhooks meets no audience", async () => {
    const webhook = await newWebhook(store, customer);
    const before = await store.countTotals();
    const subscription = await subscribe();
    const event = await publishSearch();
    const { customers, webhooks } = await store.countTotals();
    expect({ customers, webhooks }).toEqual({ customers: before.customers, webhooks: before.webhooks });
    expect((await store.listCustomers({ pageSize: 10 })).items.map(({ id }) => id)).toEqual([customer]);
    const survey = { pageSize: 10, onlyTroubled: false, since: clock.now - day };
    expect((await store.surveyCustomers(survey)).items).toHaveLength(1);
    expect(await store.findCustomer(audienceId(customer, "ids"))).toBeNull();
    expect(await store.findAnywhere(subscription.webhook.id)).toEqual([]);
    expect(await store.findAnywhere(webhook)).toHaveLength(1);
    expect(await store.findAnywhere(event)).toHaveLength(1);
    const published = await store.publishEvents([
      { customer: audienceId(customer, "ids"), id: "e", type: "t", dataJson: "{}", contentHash: "" },
    ]);
    expect(published).toEqual({ kind: "unknown_customer", index: 0 });
  });

  test("nobody but the agent is told that its deliveries fail", async () => {
    await store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
    await newWebhook(store, customer, { events: ["webhook.failing"] });
    const { id } = await subscribe();
    for (let count = 0; count < 5; count += 1) await publishSearch();
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const claims = await turn(500);
      expect(claims.filter(({ webhook }) => webhook.subscriptionId !== id)).toEqual([]);
      clock.now += 5 * minute;
    }
    await store.passOnNotices();
    expect((await claim()).filter(({ webhook }) => webhook.subscriptionId === null)).toEqual([]);
  });

  test("the search index is built past what agents are sent", async () => {
    await subscribe();
    await subscribe({ detail: "full" });
    const many = Array.from({ length: 600 }, (_, index) =>
      newEvent(customer, { dataJson: JSON.stringify({ search_id: `s-${index}` }) }),
    );
    await store.publishEvents(many);
    while (await store.keepSearchIndex(true));
    const page = { pageSize: 10, text: "search_id = s-7" };
    expect(await store.listEvents(customer, page)).toMatchObject({ searchedBy: "index", items: [{}] });
  });
}
