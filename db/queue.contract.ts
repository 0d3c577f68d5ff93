import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  attempt,
  claim,
  day,
  hour,
  minute,
  newCustomer,
  newWebhook,
  type Open,
  type Opened,
  publish,
  scheduleMs,
  turn,
} from "./contract.kit";
import type { Claim, Store } from "./store";

/** What every store must do about claiming, recording, holding and giving up. */
export function describeQueue(open: Open): void {
  let opened: Opened;
  let store: Store;
  let customer: string;
  let webhook: string;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
    customer = await newCustomer(store);
    webhook = await newWebhook(store, customer);
  });
  afterEach(() => store.close());

  const delivery = async (eventId: string) => {
    const found = await store.getDelivery(customer, webhook, eventId);
    if (!found) throw new Error("The delivery is not there.");
    return found;
  };
  const health = async () => {
    const found = await store.getWebhook(customer, webhook);
    if (!found) throw new Error("The webhook is not there.");
    return found;
  };
  const only = (claims: Claim[]): Claim => {
    expect(claims).toHaveLength(1);
    return claims[0] as Claim;
  };
  const record = (claimed: Claim, status: number | "timeout") =>
    store.recordAttempts([attempt(claimed, status, opened.clock.now)]);
  /** Fails deliveries until the breaker opens. */
  const openBreaker = async () => {
    const ids = await publish(store, customer, 5);
    await turn(opened, 500);
    expect((await health()).breaker).not.toBeNull();
    return ids;
  };

  describe("claiming", () => {
    test("a claim is one worker's alone until its lease ends", async () => {
      await publish(store, customer);
      const first = only(await claim(store));
      expect(await claim(store)).toEqual([]);
      opened.clock.now += 25_000;
      const second = only(await claim(store));
      expect(second.lease).toBe(first.lease + 1);
    });

    test("an abandoned attempt is recorded as lost, and counts for nothing", async () => {
      const [id = ""] = await publish(store, customer);
      await claim(store);
      opened.clock.now += 25_000;
      const again = only(await claim(store));
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
      const [id = ""] = await publish(store, customer);
      for (let n = 0; n < 5; n += 1) {
        await claim(store);
        opened.clock.now += 25_000;
      }
      expect(await claim(store)).toEqual([]);
      expect((await delivery(id)).delivery).toMatchObject({
        status: "failed",
        attemptCount: 5,
        error: { code: "worker_lost" },
      });
      expect((await health()).pendingCount).toBe(0);
    });

    test("whoever lost the lease changes nothing", async () => {
      const [id = ""] = await publish(store, customer);
      const stale = only(await claim(store));
      opened.clock.now += 25_000;
      const current = only(await claim(store));
      expect(await record(stale, 500)).toEqual(["lease_lost"]);
      expect(await record(current, 200)).toEqual(["recorded"]);
      expect(await record(current, 200)).toEqual(["lease_lost"]);
      expect((await delivery(id)).delivery).toMatchObject({ status: "delivered", attemptCount: 2 });
    });

    test("an attempt that is recorded again, because the first answer got lost, counts once", async () => {
      const [id = ""] = await publish(store, customer);
      const claimed = only(await claim(store));
      expect(await record(claimed, 500)).toEqual(["recorded"]);
      expect(await record(claimed, 500)).toEqual(["lease_lost"]);
      expect((await delivery(id)).delivery).toMatchObject({ status: "pending", attemptCount: 1, tries: 1 });
    });

    test("a released claim is due at once, without an attempt", async () => {
      await publish(store, customer);
      await store.releaseDeliveries([only(await claim(store))]);
      expect(only(await claim(store)).number).toBe(1);
    });

    test("a worker that is gone gives up what it held", async () => {
      await publish(store, customer);
      await store.beat("worker", 1);
      await claim(store);
      await store.endWorker("worker");
      expect(only(await claim(store)).number).toBe(2);
      expect(await store.listWorkers()).toEqual([]);
    });

    test("free places are shared between customers, whatever their backlogs", async () => {
      const other = await newCustomer(store);
      await newWebhook(store, other);
      await publish(store, customer, 50);
      await publish(store, other, 2);
      const claims = await claim(store, { slots: 4 });
      expect(claims.filter((each) => each.webhook.customerId === other)).toHaveLength(2);
    });

    test("the caps of a webhook and a customer hold, with what is in flight", async () => {
      await newWebhook(store, customer);
      await publish(store, customer, 30);
      const first = await claim(store, { webhookCap: 4, customerCap: 6 });
      expect(first).toHaveLength(6);
      const byWebhook = new Map<number, number>();
      for (const {
        webhook: { key },
      } of first)
        byWebhook.set(key, (byWebhook.get(key) ?? 0) + 1);
      expect(Math.max(...byWebhook.values())).toBeLessThanOrEqual(4);
      const byCustomer = new Map([[first[0]?.webhook.customerKey ?? 0, 6]]);
      expect(await claim(store, { customerCap: 6, inFlight: { byWebhook, byCustomer } })).toEqual([]);
    });

    test("the next due time is told", async () => {
      expect(await store.nextDueInMs()).toBeNull();
      await publish(store, customer);
      await turn(opened, 500);
      expect(await store.nextDueInMs()).toBe(5_000);
    });
  });

  describe("retries", () => {
    test("a failure is retried by the schedule, and the last one ends the delivery", async () => {
      const [id = ""] = await publish(store, customer);
      for (const delayMs of scheduleMs) {
        expect(await turn(opened, 500)).toHaveLength(1);
        opened.clock.now += delayMs - 1;
        expect(await claim(store)).toEqual([]);
        opened.clock.now += 1;
      }
      expect(await turn(opened, 500)).toHaveLength(1);
      expect((await delivery(id)).delivery).toMatchObject({
        status: "failed",
        attemptCount: 4,
        nextAttemptAt: null,
      });
    });

    test("a redelivery has a fresh schedule, the same id and the next number", async () => {
      const [id = ""] = await publish(store, customer);
      await turn(opened, 200);
      expect(await store.redeliver(customer, webhook, id)).toBe("due");
      const again = only(await claim(store));
      expect(again).toMatchObject({ number: 2, tries: 0, reason: "manual", event: { id } });
    });

    test("a redelivery of a waiting one makes it due, and one in flight is left alone", async () => {
      const [id = ""] = await publish(store, customer);
      await turn(opened, 500);
      await store.redeliver(customer, webhook, id);
      expect(only(await claim(store)).number).toBe(2);
      await store.redeliver(customer, webhook, id);
      expect(await claim(store)).toEqual([]);
    });

    test("410 ends the delivery and switches the webhook off with a reason", async () => {
      const [id = ""] = await publish(store, customer);
      await turn(opened, 410);
      expect((await delivery(id)).delivery).toMatchObject({ status: "failed", error: { code: "gone" } });
      expect(await health()).toMatchObject({
        isActive: false,
        disabledReason: expect.stringContaining("410"),
      });
      expect(await store.redeliver(customer, webhook, id)).toBe("inactive");
      const active = await store.updateWebhook(customer, webhook, { isActive: true });
      expect(active).toMatchObject({ disabledReason: null, countdownSince: null });
    });

    test("five days of nothing but failures switch a webhook off, and a success starts anew", async () => {
      await publish(store, customer);
      await turn(opened, 500);
      opened.clock.now += 5 * day - minute;
      await turn(opened, 500);
      expect((await health()).isActive).toBe(true);
      opened.clock.now += hour;
      await turn(opened, 200);
      expect(await health()).toMatchObject({ isActive: true, countdownSince: null });
      await publish(store, customer);
      await turn(opened, 500);
      opened.clock.now += 5 * day;
      await turn(opened, 500);
      expect(await health()).toMatchObject({
        isActive: false,
        disabledReason: expect.stringContaining("5 days"),
      });
    });
  });

  describe("holding", () => {
    test("deactivation holds what waits, and activation lets it go", async () => {
      const [id = ""] = await publish(store, customer);
      await store.updateWebhook(customer, webhook, { isActive: false });
      expect(await claim(store)).toEqual([]);
      expect((await delivery(id)).delivery).toMatchObject({ status: "pending", held: "inactive" });
      await store.updateWebhook(customer, webhook, { isActive: true });
      expect(await claim(store)).toHaveLength(1);
    });

    test("the breaker opens after five failures over three deliveries, and holds what is due", async () => {
      await openBreaker();
      const [later = ""] = await publish(store, customer);
      expect(await claim(store)).toEqual([]);
      expect((await delivery(later)).delivery).toMatchObject({ held: "breaker", attemptCount: 0 });
    });

    test("two deliveries alone never open it", async () => {
      await publish(store, customer, 2);
      for (let n = 0; n < 3; n += 1) {
        await turn(opened, 500);
        opened.clock.now += scheduleMs[n] ?? 0;
      }
      expect((await health()).breaker).toBeNull();
    });

    test("one probe at a time, after 5 s and then twice as long, and it uses up nothing", async () => {
      const [oldest] = await openBreaker();
      await publish(store, customer, 3);
      opened.clock.now += 10_000;
      const probe = only(await claim(store));
      expect(probe).toMatchObject({ reason: "probe", tries: 1, event: { id: oldest } });
      expect(await claim(store)).toEqual([]);
      await record(probe, 500);
      opened.clock.now += 9_999;
      expect(await claim(store)).toEqual([]);
      opened.clock.now += 1;
      const next = only(await claim(store));
      expect(next.delivery).not.toBe(probe.delivery);
      expect((await delivery(probe.event.id)).delivery.tries).toBe(1);
    });

    test("the first success closes it and the held ones drain", async () => {
      await openBreaker();
      await publish(store, customer, 6);
      opened.clock.now += 5_000;
      await record(only(await claim(store)), 204);
      expect((await health()).breaker).toBeNull();
      const drained = await claim(store);
      expect(drained).toHaveLength(1);
      const { key = 0, drain = 0 } = drained[0]?.webhook ?? {};
      const drainCaps = new Map([[key, { drain, cap: 5 }]]);
      drained.push(...(await claim(store, { drainCaps })));
      expect(drained).toHaveLength(6);
      expect(drained.every((each) => each.webhook.isDraining && each.reason === "scheduled")).toBe(true);
    });

    test("a failure that is recorded with the success that closes it counts towards the next opening", async () => {
      await publish(store, customer, 11);
      const claims = await claim(store, { slots: 6 });
      const late = claims.pop() as Claim;
      await store.recordAttempts(claims.map((each) => attempt(each, 500, opened.clock.now)));
      opened.clock.now += 5_000;
      const probe = only(await claim(store));
      await store.recordAttempts([
        attempt(probe, 200, opened.clock.now),
        attempt(late, 500, opened.clock.now + 1),
      ]);
      const first = only(await claim(store));
      const drainCaps = new Map([[first.webhook.key, { drain: first.webhook.drain, cap: 4 }]]);
      const inFlight = { byWebhook: new Map([[first.webhook.key, 1]]), byCustomer: new Map() };
      const others = await claim(store, { drainCaps, inFlight, slots: 3 });
      for (const each of [first, ...others]) await record(each, 500);
      expect((await health()).breaker).not.toBeNull();
    });

    test("a new secret closes it, and the held ones drain at once", async () => {
      await openBreaker();
      await publish(store, customer);
      await store.rotateSecret(customer, webhook, "k:new", 0);
      expect(await claim(store)).toHaveLength(1);
    });

    test("a drain takes the newest every fourth time", async () => {
      await store.updateWebhook(customer, webhook, { isActive: false });
      await store.updateWebhook(customer, webhook, { isActive: true });
      const ids: string[] = [];
      for (let n = 0; n < 12; n += 1) {
        ids.push(...(await publish(store, customer)));
        opened.clock.now += 1;
      }
      await store.updateWebhook(customer, webhook, { isActive: false });
      await store.updateWebhook(customer, webhook, { isActive: true });
      const order: number[] = [];
      for (let n = 0; n < 4; n += 1) order.push(ids.indexOf(only(await claim(store)).event.id));
      expect(order).toEqual([0, 1, 2, 11]);
    });

    test("a deleted webhook's deliveries are cancelled and nothing more is claimed", async () => {
      const [id = ""] = await publish(store, customer);
      const inFlight = only(await claim(store));
      await publish(store, customer);
      await store.deleteWebhook(customer, webhook);
      expect(await claim(store)).toEqual([]);
      while (await store.maintain({ retentionMs: day }));
      expect(await record(inFlight, 500)).toEqual(["recorded"]);
      while (await store.maintain({ retentionMs: day }));
      const trace = (await store.getEvent(customer, id))?.traces[0];
      expect(trace?.delivery?.status).toBe("cancelled");
    });

    test("cancelling gives up what waits, and leaves what is in flight", async () => {
      await publish(store, customer, 3);
      const [inFlight] = await claim(store, { slots: 1 });
      expect(await store.cancelPending(customer, webhook)).toBe(2);
      expect((await health()).pendingCount).toBe(1);
      if (inFlight) await record(inFlight, 200);
      expect((await health()).pendingCount).toBe(0);
    });
  });

  test("what was accepted before the clock was put back can be given up and recovered", async () => {
    const [failed = ""] = await publish(store, customer, 2);
    await store.cancelPending(customer, webhook);
    await store.redeliver(customer, webhook, failed);
    await turn(opened, 410);
    await store.updateWebhook(customer, webhook, { isActive: true });
    await publish(store, customer);
    opened.clock.now -= hour;
    expect(await store.cancelPending(customer, webhook)).toBe(1);
    const range = { since: 0, until: null, include: ["failed" as const] };
    expect(await store.countRecoverable(customer, webhook, range)).toBe(1);
  });

  describe("tests", () => {
    const test1 = (id: string) =>
      store.createTest({
        customerId: customer,
        webhookId: webhook,
        eventId: id,
        type: "flow_run_failed",
        dataJson: "{}",
      });

    test("a test goes out for an inactive webhook, once, and counts to nothing", async () => {
      await store.updateWebhook(customer, webhook, { isActive: false });
      expect(await test1("a-test")).toBe("created");
      const claimed = only(await claim(store, { slots: 0 }));
      expect(claimed).toMatchObject({ isTest: true, reason: "test" });
      await record(claimed, 500);
      expect((await delivery("a-test")).delivery).toMatchObject({ status: "failed", isTest: true });
      expect(await health()).toMatchObject({ lastStatusCode: 500, countdownSince: null, breaker: null });
      expect(await store.redeliver(customer, webhook, "a-test")).toBe("is_test");
      expect((await store.listEvents(customer, { pageSize: 10 })).items).toEqual([]);
      expect(await store.listRollups(customer, 0, "hour")).toEqual([]);
    });

    test("a successful test closes the breaker", async () => {
      await openBreaker();
      await test1("a-test");
      await record(only(await claim(store)), 200);
      expect((await health()).breaker).toBeNull();
    });

    test("a sixth test at a time is refused", async () => {
      const results = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => test1(`test-${n}`)));
      expect(results.filter((result) => result === "created")).toHaveLength(5);
      expect(results).toContain("too_many");
    });

    test("a test whose worker is lost has failed", async () => {
      await test1("a-test");
      await claim(store);
      opened.clock.now += 25_000;
      expect(await claim(store)).toEqual([]);
      expect((await delivery("a-test")).delivery).toMatchObject({
        status: "failed",
        error: { code: "worker_lost" },
      });
    });
  });

  describe("recovery and retention", () => {
    const settle = async () => {
      while (await store.maintain({ retentionMs: 30 * day }));
    };
    const start = (include: ("failed" | "missed")[], since = 0) =>
      store.startRecovery({
        id: crypto.randomUUID(),
        customerId: customer,
        webhookId: webhook,
        since,
        until: null,
        include,
      });

    test("failed deliveries are sent again, each once", async () => {
      const ids = await publish(store, customer, 4);
      for (const delayMs of [...scheduleMs, 0]) {
        await store.updateWebhook(customer, webhook, { url: `https://receiver.example/${delayMs}` });
        while ((await turn(opened, 500)).length > 0);
        opened.clock.now += delayMs;
      }
      const recovery = await start(["failed"]);
      expect(recovery).toMatchObject({ total: 4, done: 0, state: "running" });
      await settle();
      const claims = await claim(store);
      expect(claims.map(({ event }) => event.id).sort()).toEqual([...ids].sort());
      expect(claims.every(({ reason, number }) => reason === "manual" && number === 5)).toBe(true);
      if (typeof recovery === "object") {
        expect(await store.getRecovery(customer, webhook, recovery.id)).toMatchObject({
          done: 4,
          state: "done",
        });
      }
    });

    test("what fails while a recovery runs is no part of it, and what others sent again is dealt with", async () => {
      const fail = async () => {
        for (const delayMs of [...scheduleMs, 0]) {
          await store.updateWebhook(customer, webhook, { url: `https://receiver.example/${delayMs}` });
          while ((await turn(opened, 500)).length > 0);
          opened.clock.now += delayMs;
        }
      };
      const [first = "", second = ""] = await publish(store, customer, 2);
      await fail();
      const recovery = await start(["failed"]);
      await store.redeliver(customer, webhook, first);
      await publish(store, customer);
      await fail();
      await settle();
      expect((await claim(store)).map(({ event }) => event.id)).toEqual([second]);
      if (typeof recovery === "string") throw new Error(recovery);
      expect(await store.getRecovery(customer, webhook, recovery.id)).toMatchObject({ total: 2, done: 2 });
    });

    test("missed events are those of the filter when the recovery was asked for", async () => {
      const [id = ""] = await publish(store, customer);
      webhook = await newWebhook(store, customer);
      await start(["missed"]);
      await store.updateWebhook(customer, webhook, { events: ["flow_run_failed"] });
      await settle();
      const claimed = (await claim(store)).filter((each) => each.webhook.id === webhook);
      expect(claimed.map(({ event }) => event.id)).toEqual([id]);
    });

    test("missed events are those that matched while it was inactive or did not exist", async () => {
      await store.updateWebhook(customer, webhook, { isActive: false });
      const missed = await publish(store, customer, 2);
      await store.updateWebhook(customer, webhook, { isActive: true });
      opened.clock.now += 1;
      webhook = await newWebhook(store, customer);
      const recovery = await start(["missed"]);
      expect(recovery).toMatchObject({ total: 2 });
      await settle();
      expect((await claim(store)).map(({ event }) => event.id).sort()).toEqual([...missed].sort());
    });

    test("what a webhook received is not missed once it is pruned, whatever the clock says", async () => {
      const held = await newWebhook(store, customer);
      opened.clock.now -= hour;
      const [id = ""] = await publish(store, customer);
      await store.updateWebhook(customer, held, { isActive: false });
      await turn(opened, 200);
      opened.clock.now += 29 * day;
      await store.updateWebhook(customer, held, { isActive: true });
      await turn(opened, 500); // keeps the event
      opened.clock.now += 2 * day;
      await settle();
      expect(await store.getDelivery(customer, webhook, id)).toBeNull();
      const trace = (await store.getEvent(customer, id))?.traces.find((each) => each.webhookId === webhook);
      expect(trace).toMatchObject({ delivery: null, reason: "pruned" });
      expect(await start(["missed"])).toMatchObject({ total: 0 });
    });

    test("an inactive webhook recovers nothing", async () => {
      await store.updateWebhook(customer, webhook, { isActive: false });
      expect(await start(["failed"])).toBe("inactive");
    });

    test("what waits longer than deliveries are kept ends as expired, and goes later", async () => {
      const [id = ""] = await publish(store, customer);
      await store.updateWebhook(customer, webhook, { isActive: false });
      opened.clock.now += 31 * day;
      await settle();
      expect((await delivery(id)).delivery).toMatchObject({ status: "failed", error: { code: "expired" } });
      opened.clock.now += 31 * day;
      await settle();
      expect(await store.getEvent(customer, id)).toBeNull();
    });

    test("retention removes nothing that has not ended", async () => {
      const [ended = "", waiting = ""] = await publish(store, customer, 2);
      const claims = await claim(store);
      const first = claims.find(({ event }) => event.id === ended);
      if (first) await record(first, 200);
      await store.releaseDeliveries(claims.filter((each) => each !== first));
      opened.clock.now += 31 * day;
      await store.redeliver(customer, webhook, waiting);
      await settle();
      expect(await store.getEvent(customer, ended)).toBeNull();
      expect(await store.getEvent(customer, waiting)).not.toBeNull();
    });
  });

  describe("counters", () => {
    test("the charts' numbers are those of the attempts", async () => {
      await publish(store, customer, 3);
      await turn(opened, 200);
      await publish(store, customer);
      await turn(opened, "timeout");
      const rollups = await store.listRollups(customer, 0, "hour");
      const sum = (name: "delivered" | "failed") =>
        rollups.reduce((total, { counters }) => total + counters[name], 0);
      expect([sum("delivered"), sum("failed")]).toEqual([3, 1]);
      expect(rollups[0]?.counters.codes).toMatchObject({ 200: 3 });
    });
  });
}
