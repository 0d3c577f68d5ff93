import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { newCustomer, newWebhook, type Open } from "../contract.kit";
import type { Claim } from "../store";
import { webhookScene } from "./scene.kit";

/** What a customer lets begin in a second, over all workers. */
export function rateLimit(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, turn, record, health, delivery, openBreaker } =
    webhookScene(open);
  const limit = (ratePerSecond: number | null) =>
    store.updateWebhook(customer, webhook, { ratePerSecond }, ann);
  const ofWebhook = (claims: Claim[]) => claims.filter((each) => each.webhook.id === webhook);

  test("lets a second's worth go at once, and then each in its time", async () => {
    await limit(4);
    await publish(20);
    expect(await claim()).toHaveLength(4);
    expect(await store.nextDueInMs()).toBe(250);
    clock.now += 249;
    expect(await claim()).toEqual([]);
    clock.now += 1;
    expect(await claim()).toHaveLength(1);
    clock.now += 750;
    expect(await claim()).toHaveLength(3);
  });

  test("counts what all workers claim", async () => {
    await limit(3);
    await publish(9);
    expect(await claim({ slots: 2 })).toHaveLength(2);
    expect(await claim({ workerId: "another" })).toHaveLength(1);
    expect(await claim({ workerId: "a third" })).toEqual([]);
  });

  test("saves up no more than a second, however long nothing comes", async () => {
    await limit(2);
    clock.now += 3_600_000;
    await publish(9);
    expect(await claim()).toHaveLength(2);
  });

  test("below one a second lets one go at a time", async () => {
    await limit(0.1);
    await publish(3);
    expect(await claim()).toHaveLength(1);
    clock.now += 9_999;
    expect(await claim()).toEqual([]);
    clock.now += 1;
    expect(await claim()).toHaveLength(1);
  });

  test("holds also what comes while it is spent, and says so", async () => {
    await limit(1);
    await publish();
    await claim();
    const [id = ""] = await publish();
    expect(await claim()).toEqual([]);
    expect((await delivery(id)).delivery).toMatchObject({ held: "rate_limit", nextAttemptAt: null });
    clock.now += 1_000;
    expect(await claim()).toHaveLength(1);
    expect((await delivery(id)).delivery).toMatchObject({ held: null, inFlight: true });
  });

  test("slows nobody else, of the same customer or another", async () => {
    await limit(1);
    const other = await newCustomer(store);
    await newWebhook(store, customer);
    await newWebhook(store, other);
    await publish(8);
    await publish(8, other);
    const claims = await claim();
    expect(ofWebhook(claims)).toHaveLength(1);
    expect(claims).toHaveLength(17);
  });

  test("lets retries and what is sent again wait like all else", async () => {
    await limit(1);
    const [id = ""] = await publish();
    await turn(200);
    await publish();
    clock.now += 1_000;
    await turn(200);
    await store.redeliver(customer, webhook, id, ann);
    expect(await claim()).toEqual([]);
    expect((await delivery(id)).delivery.held).toBe("rate_limit");
    clock.now += 1_000;
    expect(await claim()).toMatchObject([{ event: { id }, reason: "manual" }]);
  });

  test("is no matter of tests, nor of probes", async () => {
    await limit(0.1);
    await publish(1);
    await claim();
    const type = "search_completed";
    await store.createTest(
      { customerId: customer, webhookId: webhook, eventId: "t", type, dataJson: "{}" },
      ann,
    );
    expect(await claim()).toMatchObject([{ reason: "test" }]);
    await limit(null);
    await openBreaker();
    await limit(0.1);
    clock.now += 6_000;
    const [probe] = await claim();
    expect(probe?.reason).toBe("probe");
    if (probe) await record(probe, 500);
    clock.now += 10_000;
    expect(await claim()).toMatchObject([{ reason: "probe" }]);
  });

  test("that changes begins with a second's worth, and the same one goes on", async () => {
    await limit(2);
    await publish(30);
    expect(await claim()).toHaveLength(2);
    await limit(2);
    expect(await claim()).toEqual([]);
    await limit(3);
    expect(await claim()).toHaveLength(3);
    await limit(null);
    expect(await claim()).toHaveLength(16);
    expect(await health()).toMatchObject({ ratePerSecond: null });
  });

  test("that a wrong clock has put off is put right", async () => {
    await limit(1);
    const day = 24 * 3_600_000;
    clock.now += 40 * day;
    await publish(1);
    await claim();
    clock.now -= 40 * day;
    await publish(1);
    expect(await claim()).toEqual([]);
    const longestPauseMs = 3_600_000;
    while (await store.maintain({ retentionMs: 365 * day, longestPauseMs }));
    expect(await claim()).toHaveLength(1);
  });
}
