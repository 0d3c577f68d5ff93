import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { decideForListener } from "@/domain/delivery/decide";
import { listenerLimits } from "@/domain/limits";
import { ann } from "../actor.kit";
import { attempt, day, type End, minute, newWebhook, type Open } from "../contract.kit";
import type { Claim, Taken } from "../store";
import { webhookScene } from "./scene.kit";

/** A program takes what is for a listener; no worker does. */
export function listeners(open: Open): void {
  const { store, clock, customer, publish, claim } = webhookScene(open);
  const session = randomUUID();
  const forwardsTo = "http://localhost:4000/hooks";
  let listener: string;
  beforeEach(async () => {
    listener = await newWebhook(store, customer, {
      url: "fanfare-listen://ada-laptop",
      listener: { name: "ada-laptop", session, forwardsTo },
    });
  });

  const taking = (asSession = session) => ({ customerId: customer, webhookId: listener, session: asSession });
  const request = { limit: 10, leaseMs: minute };
  const take = async (asSession = session, asked = request): Promise<Taken[]> => {
    const taken = await store.takeForListener(taking(asSession), asked);
    if (taken === null || taken === "taken_over") throw new Error(`Nothing was taken: ${taken}`);
    return taken;
  };
  const events = (taken: Taken[]) => taken.map((each) => each.claim.event.id);
  const record = async (claimed: Claim, end: End) => {
    const recorded = attempt(claimed, end, clock.now);
    const next = decideForListener(recorded.outcome);
    return (await store.recordAttempts([{ ...recorded, next }]))[0];
  };
  const stand = async (eventId: string) => {
    const found = await store.getDelivery(customer, listener, eventId);
    if (!found) throw new Error("The delivery is not there.");
    return found;
  };
  const seen = async () => {
    const found = await store.getWebhook(customer, listener);
    if (!found) throw new Error("The listener is not there.");
    return found;
  };
  const others = async () => (await claim()).filter(({ webhook }) => webhook.id === listener);
  const sendTest = (eventId: string, url?: string) => {
    const content = { type: "flow_run_failed", dataJson: "{}", url };
    return store.createTest({ customerId: customer, webhookId: listener, eventId, ...content }, ann);
  };

  test("what is for a listener waits for its program, in the order of its acceptance, and no worker claims it", async () => {
    const first = await publish(1);
    clock.now += 5;
    const second = await publish(1);
    expect(await others()).toEqual([]);
    expect(events(await take())).toEqual([...first, ...second]);
    expect(await take()).toEqual([]);
  });

  test("nothing of a listener makes a worker look again", async () => {
    await publish(2);
    await claim(); // the other webhook's
    const dueInMs = await store.nextDueInMs();
    await sendTest("a-test");
    expect(await others()).toEqual([]);
    expect(await store.nextDueInMs()).toBe(dueInMs);
  });

  test("no more is taken than is asked for", async () => {
    const all = await publish(3);
    expect(events(await take(session, { ...request, limit: 2 }))).toEqual(all.slice(0, 2));
    expect(events(await take())).toEqual(all.slice(2));
  });

  test("an answer is recorded as an attempt; one that is no 2xx ends the delivery, and alarms nobody", async () => {
    await store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
    const [good = "", bad = ""] = await publish(2);
    const taken = await take();
    for (const { claim: each } of taken) await record(each, each.event.id === good ? 200 : 500);
    expect((await stand(good)).delivery).toMatchObject({ status: "delivered", attemptCount: 1 });
    expect((await stand(bad)).delivery).toMatchObject({ status: "failed", statusCode: 500, attemptCount: 1 });
    expect(await seen()).toMatchObject({
      lastAttemptOk: false,
      countdown: null,
      breaker: null,
      incident: null,
    });
    const told = (await claim()).filter(({ webhook }) => webhook.id !== listener);
    expect(told.filter(({ event }) => event.type !== "search_completed")).toEqual([]);
  });

  test("many failures in a row close nothing, and a 410 switches nothing off", async () => {
    await publish(6);
    for (const { claim: each } of await take()) await record(each, 410);
    expect(await seen()).toMatchObject({ isActive: true, breaker: null, pendingCount: 0 });
    const more = await publish(1);
    expect(events(await take())).toEqual(more);
  });

  test("a redelivery is taken again", async () => {
    const [event = ""] = await publish(1);
    for (const { claim: each } of await take()) await record(each, 500);
    expect(await store.redeliver(customer, listener, event, ann)).toBe("due");
    const [again] = await take();
    expect(again?.claim).toMatchObject({ number: 2, reason: "manual", event: { id: event } });
  });

  test("a test is taken before all else, by the program alone, unless it tries another URL", async () => {
    await publish(1);
    await sendTest("a-test");
    await sendTest("a-trial", "https://new.example/hook");
    expect((await others()).map(({ event }) => event.id)).toEqual(["a-trial"]);
    const [first, second, ...rest] = await take();
    expect(first?.claim).toMatchObject({ isTest: true, reason: "test", event: { id: "a-test" } });
    expect(second?.claim.isTest).toBe(false);
    expect(rest).toEqual([]);
  });

  test("while an operator holds all delivery, tests alone are taken", async () => {
    const held = await publish(1);
    await sendTest("a-test");
    await store.pauseDelivery(ann);
    expect(events(await take())).toEqual(["a-test"]);
    await store.resumeDelivery(ann);
    expect(events(await take())).toEqual(held);
  });

  test("what was taken is found again as it was taken, until it is recorded", async () => {
    const [event = ""] = await publish(1);
    const [taken] = await take();
    clock.now += 20;
    expect(await store.findTaken(taking(), event)).toEqual({
      takenAt: taken?.takenAt,
      claim: { ...taken?.claim, isAsked: false },
    });
    expect(await store.findTaken(taking(randomUUID()), event)).toBeNull();
    await record((taken as Taken).claim, 200);
    expect(await store.findTaken(taking(), event)).toBeNull();
  });

  test("what is given back waits again, and is no attempt", async () => {
    const [event = ""] = await publish(1);
    await store.releaseDeliveries((await take()).map((each) => each.claim));
    expect((await stand(event)).delivery).toMatchObject({ status: "pending", attemptCount: 0 });
    expect(events(await take())).toEqual([event]);
  });

  test("a program that was stopped for longer than its lease still reports what it took", async () => {
    const [event = ""] = await publish(1);
    const [taken] = await take();
    clock.now += 10 * minute;
    expect(await record((taken as Taken).claim, 200)).toBe("recorded");
    expect((await stand(event)).delivery).toMatchObject({ status: "delivered", attemptCount: 1 });
  });

  test("another program takes over: the one before takes and reports nothing, and what it had is taken again", async () => {
    const [event = ""] = await publish(1);
    const [lost] = await take();
    const other = { session: randomUUID(), forwardsTo };
    const attached = await store.attachListener(customer, listener, other, ann);
    await store.endWorker(attached?.before ?? "");
    expect(attached).toEqual({ before: session });
    expect(await store.takeForListener(taking(), request)).toBe("taken_over");
    const [again] = await take(other.session);
    expect(again?.claim).toMatchObject({ number: 2, event: { id: event } });
    expect(await record((lost as Taken).claim, 200)).toBe("lease_lost");
    expect((await stand(event)).attempts[0]?.error).toMatchObject({ code: "worker_lost" });
  });

  test("where another program forwards to is in the audit log, and coming back to the same place is not", async () => {
    const log = async () => (await store.listAuditLog(customer, { pageSize: 10 })).items;
    const before = await log();
    await store.attachListener(customer, listener, { session: randomUUID(), forwardsTo }, ann);
    expect(await log()).toEqual(before);
    const elsewhere = "http://localhost:5000/";
    await store.attachListener(customer, listener, { session: randomUUID(), forwardsTo: elsewhere }, ann);
    expect((await log())[0]).toMatchObject({
      action: "webhook.updated",
      changes: [{ field: "forwards_to", from: forwardsTo, to: elsewhere }],
    });
  });

  test("what waits for a program that is away is held for it, and for nothing else", async () => {
    const [event = ""] = await publish(1);
    await sendTest("a-test");
    expect((await stand(event)).delivery).toMatchObject({ held: null, inFlight: false });
    clock.now += listenerLimits.awayMs + 1;
    expect((await stand(event)).delivery).toMatchObject({ held: "listener", nextAttemptAt: null });
    expect((await stand("a-test")).delivery.held).toBe("listener");
    await take();
    expect((await stand(event)).delivery).toMatchObject({ held: null, inFlight: true });
    expect((await seen()).listener).toEqual({ name: "ada-laptop", forwardsTo, heardAt: clock.now });
  });

  test("a new secret and another list of events leave what waits to the program", async () => {
    const [event = ""] = await publish(1);
    await store.updateWebhook(customer, listener, { secret: "sealed", events: ["flow_run_failed"] }, ann);
    await store.rotateSecret(customer, listener, "sealed-anew", minute, ann);
    expect(await others()).toEqual([]);
    expect(events(await take())).toEqual([event]);
  });

  test("one that nobody came back to for a week is deleted, with what waits for it; one that was heard of is not", async () => {
    await publish(1);
    const maintain = async () => {
      while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
    };
    clock.now += listenerLimits.keptMs - minute;
    await maintain();
    await take(session, { ...request, limit: 1 });
    clock.now += 2 * minute;
    await maintain();
    expect(await seen()).not.toBeNull();
    clock.now += listenerLimits.keptMs;
    await maintain();
    expect(await store.getWebhook(customer, listener)).toBeNull();
    expect(await store.getBalance(customer)).toMatchObject({ former: { cancelled: 1 } });
    const [told] = (await store.listAuditLog(customer, { pageSize: 1 })).items;
    expect(told).toMatchObject({ action: "webhook.deleted", subject: { id: listener } });
  });

  test("there is nothing to take from what is no listener, or another customer's", async () => {
    const webhook = await newWebhook(store, customer);
    expect(await store.takeForListener({ ...taking(), webhookId: webhook }, request)).toBeNull();
    expect(await store.takeForListener({ ...taking(), customerId: randomUUID() }, request)).toBeNull();
    expect(await store.attachListener(customer, webhook, { session, forwardsTo }, ann)).toBeNull();
  });
}
