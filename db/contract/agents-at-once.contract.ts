import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { agentLimits } from "@/domain/limits";
import { ann } from "../actor.kit";
import { attempt, type Clock, claim, hour, newCustomer, publish } from "../contract.kit";
import type { NewSubscription, Store, Subscription } from "../store";
import type { OpenTogether } from "./at-once.contract";

/** What holds of agents between two processes that work on one database at the same time. */
export function agentsAtOnce(open: OpenTogether): void {
  const clock: Clock = { now: Date.UTC(2026, 0, 1), jumpedMs: 0, doubts: [] };
  let one: Store;
  let other: Store;
  let close: () => Promise<void>;
  let customer: string;
  let key: string;
  beforeEach(async () => {
    const { stores, ...opened } = await open(clock, 2);
    [one, other] = stores as [Store, Store];
    close = opened.close;
    customer = await newCustomer(one);
    key = randomUUID();
    const made = { id: key, customerId: customer, name: null, prefix: "fk_agents", hash: key };
    await one.createApiKey({ ...made, access: "read", expiresAt: null }, ann);
    await prove();
  });
  afterEach(() => close());

  const asking = (): NewSubscription => ({
    id: `sub_${randomUUID()}`,
    customerId: customer,
    principalId: key,
    url: "https://agent.example/callback",
    name: "search_completed",
    arguments: {},
    detail: "ids",
    client: null,
    conditions: null,
    termMs: hour,
    site: "https://hooks.example",
    seal: () => "sealed",
    challenge: { eventId: `msg_verification_${randomUUID()}`, payload: '{"type":"verification"}' },
  });

  /** Its URL is the key's from now on: who subscribes is active at once. */
  async function prove(): Promise<void> {
    const { id, ...asked } = asking();
    const answer = await one.subscribe({ id, ...asked }, ann);
    if (answer.kind !== "challenged") throw new Error("The agent of a test was not asked.");
    await one.recordAttempts((await claim(one)).map((each) => attempt(each, 200, clock.now)));
    await one.settleChallenge(answer, true, ann);
    await one.unsubscribe(customer, id, ann);
  }

  async function subscribed(store: Store, asked = asking()): Promise<Subscription> {
    const answer = await store.subscribe(asked, ann);
    if (answer.kind !== "subscribed") throw new Error(`The agent of a test was refused: ${answer.kind}.`);
    return answer.subscription;
  }

  test("what is published while an agent subscribes reaches it, or is behind its cursor", async () => {
    for (let rounds = 0; rounds < 15; rounds += 1) {
      const [subscription, before, after] = await Promise.all([
        subscribed(other),
        publish(one, customer, 2),
        publish(other, customer, 2),
      ]);
      const { id, cursor } = subscription;
      const fannedOut = await eventsOf(subscription);
      const range = { cursor, maxAgeMs: null, retentionMs: 24 * hour };
      // Nothing that came after the place has to be replayed: it was fanned out.
      expect(await one.replayEvents(customer, id, range)).toEqual({ replayed: 0, isTruncated: false });
      const late = await publish(one, customer, 1);
      const reached = await eventsOf(subscription);
      expect(reached).toEqual(expect.arrayContaining([...fannedOut, ...late]));
      expect([...before, ...after, ...late]).toEqual(expect.arrayContaining(reached));
      await one.unsubscribe(customer, id, ann);
    }
  });

  async function eventsOf({ webhook }: Subscription): Promise<string[]> {
    const filter = { webhookId: webhook.id, content: false, pageSize: 50 };
    const page = await one.listDeliveries(webhook.customerId, filter);
    return (page?.items ?? []).map(({ eventId }) => eventId);
  }

  test("one that is asked for twice at once is made once, and refreshed", async () => {
    for (let rounds = 0; rounds < 10; rounds += 1) {
      const asked = asking();
      const answers = await Promise.all([one.subscribe(asked, ann), other.subscribe(asked, ann)]);
      expect(answers.map((each) => each.kind === "subscribed" && each.isNew).sort()).toEqual([false, true]);
    }
    expect(await one.listSubscriptions(customer)).toHaveLength(10);
  });

  test("the limit of a key holds, whoever asks at the same moment", async () => {
    const answers = await Promise.all(
      Array.from({ length: agentLimits.perKey + 10 }, (_, index) =>
        (index % 2 === 0 ? one : other).subscribe(asking(), ann),
      ),
    );
    expect(answers.filter(({ kind }) => kind === "subscribed")).toHaveLength(agentLimits.perKey);
    expect(await other.listSubscriptions(customer)).toHaveLength(agentLimits.perKey);
  });

  test("a key that is revoked while it subscribes leaves nothing behind", async () => {
    const answers = await Promise.all([
      ...Array.from({ length: 6 }, () => other.subscribe(asking(), ann)),
      one.revokeApiKey(customer, key, ann),
      ...Array.from({ length: 6 }, () => other.subscribe(asking(), ann)),
    ]);
    expect(answers).toContain(true);
    expect(await one.listSubscriptions(customer)).toEqual([]);
    await publish(one, customer, 1);
    expect((await claim(one)).filter(({ isTest }) => !isTest)).toEqual([]);
  });
}
