import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { newCustomer, newEvent, newWebhook, type Open } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

/** Whose a delivery is, for how long, and whose turn it is. */
export function claiming(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, turn, record, health, delivery } =
    webhookScene(open);

  test("a claim is one worker's alone until its lease ends", async () => {
    await publish();
    const first = only(await claim());
    expect(await claim()).toEqual([]);
    clock.now += 25_000;
    const second = only(await claim());
    expect(second.lease).toBe(first.lease + 1);
  });

  test("whoever follows the changes hears of what is in flight when told so, and of nothing that has ended", async () => {
    const [ended = "", slow = ""] = await publish(2);
    const { cursor } = await store.listChanges(customer, { after: null, limit: 1 });
    const claims = await claim();
    const ofEvent = (id: string) => only(claims.filter(({ event }) => event.id === id));
    await record(ofEvent(ended), 200);
    const heard = await store.listChanges(customer, { after: cursor, limit: 9 });
    expect(heard.items.map(({ delivery }) => delivery.eventId)).toEqual([ended]);
    await store.tellInFlight(claims);
    const then = await store.listChanges(customer, { after: heard.cursor, limit: 9 });
    expect(then.items.map(({ delivery }) => delivery)).toMatchObject([{ eventId: slow, inFlight: true }]);
    expect(await record(ofEvent(slow), 200)).toEqual(["recorded"]);
  });

  test("an abandoned attempt is recorded as lost, and counts for nothing", async () => {
    const [id = ""] = await publish();
    await claim();
    clock.now += 25_000;
    const again = only(await claim());
    expect(again).toMatchObject({ number: 2, tries: 0 });
    await record(again, 200);
    const { delivery: ended, attempts } = await delivery(id);
    expect(ended).toMatchObject({ status: "delivered", attemptCount: 2 });
    expect(attempts.map(({ number, error }) => [number, error?.code])).toEqual([
      [2, undefined],
      [1, "worker_lost"],
    ]);
    expect((await health()).failuresInARow).toBe(0);
  });

  test("five lost attempts in a row end a delivery", async () => {
    const [id = ""] = await publish();
    for (let n = 0; n < 5; n += 1) {
      await claim();
      clock.now += 25_000;
    }
    expect(await claim()).toEqual([]);
    expect((await delivery(id)).delivery).toMatchObject({
      status: "failed",
      attemptCount: 5,
      error: { code: "worker_lost" },
    });
    expect((await health()).pendingCount).toBe(0);
  });

  test("whoever lost the lease changes nothing", async () => {
    const [id = ""] = await publish();
    const stale = only(await claim());
    clock.now += 25_000;
    const current = only(await claim());
    expect(await record(stale, 500)).toEqual(["lease_lost"]);
    expect(await record(current, 200)).toEqual(["recorded"]);
    expect(await record(current, 200)).toEqual(["lease_lost"]);
    expect((await delivery(id)).delivery).toMatchObject({ status: "delivered", attemptCount: 2 });
  });

  test("an attempt that is recorded again, because the first answer got lost, counts once", async () => {
    const [id = ""] = await publish();
    const claimed = only(await claim());
    expect(await record(claimed, 500)).toEqual(["recorded"]);
    expect(await record(claimed, 500)).toEqual(["lease_lost"]);
    expect((await delivery(id)).delivery).toMatchObject({ status: "pending", attemptCount: 1, tries: 1 });
  });

  test("a released claim is due at once, without an attempt", async () => {
    await publish();
    await store.releaseDeliveries([only(await claim())]);
    expect(only(await claim()).number).toBe(1);
  });

  test("a worker that is gone gives up what it held", async () => {
    await publish();
    await store.heartbeat({ id: "worker", pid: 1, host: "here", startedAt: "7", keyIds: ["k"] });
    expect(await store.listWorkers()).toEqual([
      { id: "worker", pid: 1, host: "here", startedAt: "7", keyIds: ["k"], heartbeatAgeMs: 0 },
    ]);
    await claim();
    await store.endWorker("worker");
    expect(only(await claim()).number).toBe(2);
    expect(await store.listWorkers()).toEqual([]);
  });

  test("free places are shared between customers, whatever their backlogs", async () => {
    const other = await newCustomer(store);
    await newWebhook(store, other);
    await publish(50);
    await publish(2, other);
    const claims = await claim({ slots: 4 });
    expect(claims.filter((each) => each.webhook.customerId === other)).toHaveLength(2);
  });

  test("a customer with one webhook gets as much as one with nine, also where one of those has more than the others", async () => {
    const wide = await newCustomer(store);
    for (let n = 0; n < 8; n += 1) await newWebhook(store, wide, { events: [`type_${n}`] });
    const widest = await newWebhook(store, wide);
    await publish(40);
    await publish(40, wide);
    await store.publishEvents(
      Array.from({ length: 8 }, (_, n) => newEvent(wide, { type: `type_${n}`, id: `event-${n}` })),
    );
    const claims = await claim({ slots: 40, webhookCap: 40 });
    const ofWide = claims.filter(({ webhook }) => webhook.customerId === wide);
    expect(claims).toHaveLength(40);
    expect(ofWide).toHaveLength(20);
    expect(ofWide.filter(({ webhook }) => webhook.id === widest)).toHaveLength(12);
  });

  test("customers who fill their places leave some to others", async () => {
    const hanging = [customer, await newCustomer(store), await newCustomer(store), await newCustomer(store)];
    for (const each of hanging.slice(1)) await newWebhook(store, each);
    for (const each of hanging) await publish(20, each);
    const byCustomer = new Map<number, number>();
    let free = 32;
    const claimSome = async () => {
      const inFlight = { byWebhook: new Map(), byCustomer };
      const claims = await claim({ free, slots: 8, customerCap: 8, inFlight });
      free -= claims.length;
      for (const { webhook } of claims) {
        byCustomer.set(webhook.customerKey, (byCustomer.get(webhook.customerKey) ?? 0) + 1);
      }
      return claims;
    };
    while ((await claimSome()).length > 0);
    expect(free).toBe(6);
    const healthy = await newCustomer(store);
    await newWebhook(store, healthy);
    await publish(2, healthy);
    expect((await claimSome()).map(({ webhook }) => webhook.customerId)).toEqual([healthy, healthy]);
  });

  test("webhooks that may have nothing more do not hide those that may", async () => {
    for (let n = 0; n < 26; n += 1) {
      const owner = await newCustomer(store);
      for (let m = 0; m < 10; m += 1) await newWebhook(store, owner);
      await publish(2, owner);
    }
    const byWebhook = new Map<number, number>();
    const claimMost = (webhookCap = 1) =>
      claim({ free: 1_000, slots: 200, webhookCap, inFlight: { byWebhook, byCustomer: new Map() } });
    const held = [];
    for (let n = 0; n < 2; n += 1) {
      held.push(...(await claimMost()));
      for (const { webhook: each } of held) byWebhook.set(each.key, 1);
    }
    expect(byWebhook.size).toBe(260);
    await publish();
    await record(only(await claimMost()), 200); // its turn comes after theirs now
    for (const { webhook: each } of held) {
      await store.updateWebhook(each.customerId, each.id, { isActive: false }, ann);
      await store.updateWebhook(each.customerId, each.id, { isActive: true }, ann);
    }
    await publish();
    expect(only(await claimMost(16)).webhook.id).toBe(webhook); // theirs begin with one at a time
  });

  test("the caps of a webhook and a customer hold, with what is in flight", async () => {
    await newWebhook(store, customer);
    await publish(30);
    const first = await claim({ webhookCap: 4, customerCap: 6 });
    expect(first).toHaveLength(6);
    const byWebhook = new Map<number, number>();
    for (const {
      webhook: { key },
    } of first)
      byWebhook.set(key, (byWebhook.get(key) ?? 0) + 1);
    expect(Math.max(...byWebhook.values())).toBeLessThanOrEqual(4);
    const byCustomer = new Map([[first[0]?.webhook.customerKey ?? 0, 6]]);
    expect(await claim({ customerCap: 6, inFlight: { byWebhook, byCustomer } })).toEqual([]);
  });

  test("a webhook that may have nothing for its pace is passed over, and has its turn when it may", async () => {
    await newWebhook(store, customer);
    await publish();
    const [first] = await claim({ slots: 1 });
    const key = first?.webhook.key ?? 0;
    await publish();
    const paced = await claim({ webhookRooms: new Map([[key, 0]]) });
    expect(paced.map(({ webhook: each }) => each.key)).not.toContain(key);
    expect(paced).toHaveLength(2);
    await publish();
    const inFlight = { byWebhook: new Map([[key, 1]]), byCustomer: new Map() };
    const webhookRooms = new Map([[key, 1]]);
    const then = only(
      (await claim({ webhookRooms, inFlight })).filter(({ webhook: each }) => each.key === key),
    );
    expect(then.event.id).not.toBe(first?.event.id);
  });

  test("the next due time is told", async () => {
    expect(await store.nextDueInMs()).toBeNull();
    await publish();
    await turn(500);
    expect(await store.nextDueInMs()).toBe(5_000);
  });
}
