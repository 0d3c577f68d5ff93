import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { day, hour, newWebhook, type Open, scheduleMs } from "../contract.kit";
import type { Recovery } from "../store";
import { webhookScene } from "./scene.kit";

/** What failed or was missed is sent again, each once. */
export function recovery(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, turn } = webhookScene(open);
  const settle = async () => {
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
  };
  const recover = (include: ("failed" | "missed")[], webhookId = webhook) => {
    const range = { since: 0, until: null, include };
    return store.startRecovery({ id: randomUUID(), customerId: customer, webhookId, ...range }, ann);
  };
  const progress = async (recovery: Recovery | string) =>
    typeof recovery === "string" ? recovery : store.getRecovery(customer, recovery.id);
  /** Spends the schedule of everything that waits, at new URLs, so that no breaker holds it. */
  const failAll = async () => {
    for (const delayMs of [...scheduleMs, 0]) {
      await store.updateWebhook(customer, webhook, { url: `https://receiver.example/${delayMs}` }, ann);
      while ((await turn(500)).length > 0);
      clock.now += delayMs;
    }
  };

  test("failed deliveries are sent again, each once", async () => {
    const ids = await publish(4);
    await failAll();
    const recovery = await recover(["failed"]);
    expect(recovery).toMatchObject({ total: 4, done: 0, state: "running" });
    await settle();
    const claims = await claim();
    expect(claims.map(({ event }) => event.id).sort()).toEqual([...ids].sort());
    expect(claims.every(({ reason, number }) => reason === "manual" && number === 5)).toBe(true);
    expect(await progress(recovery)).toMatchObject({ done: 4, state: "done" });
  });

  test("what fails while a recovery runs is no part of it, and what others sent again is dealt with", async () => {
    const [first = "", second = ""] = await publish(2);
    await failAll();
    const recovery = await recover(["failed"]);
    await store.redeliver(customer, webhook, first, ann);
    await publish();
    await failAll();
    await settle();
    expect((await claim()).map(({ event }) => event.id)).toEqual([second]);
    expect(await progress(recovery)).toMatchObject({ total: 2, done: 2 });
  });

  test("missed events are those of the filter when the recovery was asked for", async () => {
    const [id = ""] = await publish();
    const later = await newWebhook(store, customer);
    await recover(["missed"], later);
    await store.updateWebhook(customer, later, { events: ["flow_run_failed"] }, ann);
    await settle();
    const claimed = (await claim()).filter((each) => each.webhook.id === later);
    expect(claimed.map(({ event }) => event.id)).toEqual([id]);
  });

  test("missed events are those that matched while it was inactive or did not exist", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    const missed = await publish(2);
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    clock.now += 1;
    const later = await newWebhook(store, customer);
    const recovery = await recover(["missed"], later);
    expect(recovery).toMatchObject({ total: 2 });
    await settle();
    expect((await claim()).map(({ event }) => event.id).sort()).toEqual([...missed].sort());
  });

  test("what a webhook received is not missed once it is pruned, whatever the clock says", async () => {
    const held = await newWebhook(store, customer);
    clock.now -= hour;
    const [id = ""] = await publish();
    await store.updateWebhook(customer, held, { isActive: false }, ann);
    await turn(200);
    clock.now += 29 * day;
    await store.updateWebhook(customer, held, { isActive: true }, ann);
    await turn(500); // keeps the event
    clock.now += 2 * day;
    await settle();
    expect(await store.getDelivery(customer, webhook, id)).toBeNull();
    const trace = (await store.getEvent(customer, id))?.traces.find((each) => each.webhookId === webhook);
    expect(trace).toMatchObject({ delivery: null, reason: "pruned" });
    expect(await recover(["missed"])).toMatchObject({ total: 0 });
  });

  test("what was recovered as missed is not missed again when its delivery is pruned before the event", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    const other = await newWebhook(store, customer);
    const [id = ""] = await publish();
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    await recover(["missed"]);
    await settle();
    await turn(200);
    clock.now += 29 * day;
    await store.redeliver(customer, other, id, ann);
    await turn(200); // keeps the event
    clock.now += 2 * day;
    await settle();
    const trace = (await store.getEvent(customer, id))?.traces.find((each) => each.webhookId === webhook);
    expect(trace).toMatchObject({ delivery: null, reason: "pruned" });
    expect(await recover(["missed"])).toMatchObject({ total: 0 });
  });

  test("what failed is found, whichever of events and deliveries came first", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    const [missed = ""] = await publish();
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    const [later = ""] = await publish();
    await recover(["missed"]); // the older event has the younger delivery now
    await settle();
    await failAll();
    expect(await recover(["failed"])).toMatchObject({ total: 2 });
    await settle();
    expect((await claim()).map(({ event }) => event.id).sort()).toEqual([missed, later].sort());
  });

  test("of the recoveries that run, the newest are listed", async () => {
    await publish();
    await failAll();
    for (let n = 0; n < 22; n += 1) await recover(["failed"]);
    const newest = await recover(["failed"]);
    const running = await store.listRecoveries(customer, { webhookId: webhook, isRunning: true });
    expect(running).toHaveLength(20);
    expect(running[0]?.id).toBe(typeof newest === "object" && newest.id);
  });

  test("a recovery that runs is found again until it is done", async () => {
    await publish();
    await failAll();
    const recovery = await recover(["failed"]);
    const running = () => store.listRecoveries(customer, { webhookId: webhook, isRunning: true });
    expect(await running()).toEqual([await progress(recovery)]);
    await settle();
    expect(await running()).toEqual([]);
  });

  test("an inactive webhook recovers nothing", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    expect(await recover(["failed"])).toBe("inactive");
  });
}
