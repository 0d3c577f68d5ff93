import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ann } from "../actor.kit";
import { attempt, type Clock, claim, newCustomer, newEvent, newWebhook, publish } from "../contract.kit";
import type { Claim, PublishResult, Store } from "../store";

/** Opens as many processes' stores on one empty database, on a clock. */
export type OpenTogether = (
  clock: Clock,
  count: number,
) => Promise<{ stores: Store[]; close(): Promise<void> }>;

/**
 * What holds between two processes that work on one database at the same time. Not for a store in memory, which is one
 * process's alone.
 */
export function describeAtOnce(open: OpenTogether): void {
  const clock: Clock = { now: Date.UTC(2026, 0, 1), jumpedMs: 0, doubts: [] };
  let one: Store;
  let other: Store;
  let close: () => Promise<void>;
  beforeEach(async () => {
    const { stores, ...opened } = await open(clock, 2);
    [one, other] = stores as [Store, Store];
    close = opened.close;
  });
  afterEach(() => close());

  /** Claims and delivers until nothing waits any more, in nobody's hands either. */
  async function drain(store: Store, workerId: string): Promise<Claim[]> {
    const claimed: Claim[] = [];
    for (;;) {
      const claims = await claim(store, { workerId, slots: 20 });
      claimed.push(...claims);
      if (claims.length > 0) await store.recordAttempts(claims.map((each) => attempt(each, 200, clock.now)));
      else if ((await store.countTotals()).pending === 0) return claimed;
      else await turn(); // what the other one holds is recorded in one
    }
  }

  test("two workers share a backlog: together they get all of it, and nothing twice", async () => {
    for (let customers = 0; customers < 3; customers += 1) {
      const customer = await newCustomer(one);
      await newWebhook(one, customer);
      await newWebhook(one, customer);
      await publish(one, customer, 50);
    }
    const claimed = await Promise.all([drain(one, "one"), drain(other, "other")]);
    const keys = claimed.flat().map(({ delivery }) => delivery);
    expect(keys).toHaveLength(300);
    expect(new Set(keys).size).toBe(300);
    expect(claimed.map(({ length }) => length > 0)).toEqual([true, true]);
  });

  test("who claims at the same moment never gets the same, whatever they take of it", async () => {
    const customer = await newCustomer(one);
    await newWebhook(one, customer);
    await publish(one, customer, 60);
    const claims: Claim[] = [];
    for (let rounds = 0; rounds < 20 && claims.length < 60; rounds += 1) {
      const looks = [one, other].map((store, index) =>
        claim(store, { workerId: `worker ${index}`, slots: 5, webhookCap: 60 }),
      );
      claims.push(...(await Promise.all(looks)).flat());
    }
    expect(claims).toHaveLength(60);
    expect(new Set(claims.map(({ delivery }) => delivery)).size).toBe(60);
  });

  test("attempts that are recorded at once are all counted", async () => {
    const customer = await newCustomer(one);
    const webhook = await newWebhook(one, customer);
    await publish(one, customer, 60);
    const claims = await claim(one, { webhookCap: 60 });
    const ends = claims.map((claimed, index) => attempt(claimed, index % 2 === 0 ? 200 : 500, clock.now));
    const batches = [0, 10, 20, 30, 40, 50].map((from) => ends.slice(from, from + 10));
    const results = await Promise.all(
      batches.map((batch, index) => (index % 2 === 0 ? one : other).recordAttempts(batch)),
    );
    expect(new Set(results.flat())).toEqual(new Set(["recorded"]));
    for (const step of ["minute", "hour"] as const) {
      const rollups = await one.listRollups(customer, 0, step);
      expect(rollups).toMatchObject([{ rollup: { delivered: 30, failed: 30, codes: { 200: 30, 500: 30 } } }]);
    }
    expect(await one.getWebhook(customer, webhook)).toMatchObject({ pendingCount: 30 });
  });

  test("an attempt that two record at once is recorded by one of them", async () => {
    const customer = await newCustomer(one);
    await newWebhook(one, customer);
    await publish(one, customer, 10);
    for (const claimed of await claim(one)) {
      const ended = [attempt(claimed, 200, clock.now)];
      const results = await Promise.all([one.recordAttempts(ended), other.recordAttempts(ended)]);
      expect(results.flat().sort()).toEqual(["lease_lost", "recorded"]);
    }
    expect(await one.listRollups(customer, 0, "hour")).toMatchObject([{ rollup: { delivered: 10 } }]);
  });

  test("two that publish one id write one event, and both are told the same", async () => {
    const customer = await newCustomer(one);
    await newWebhook(one, customer);
    for (let rounds = 0; rounds < 20; rounds += 1) {
      const event = newEvent(customer);
      const answers = await Promise.all([one.publishEvents([event]), other.publishEvents([event])]);
      const told = answers.map(onlyEvent);
      expect(told.map(({ id, deliveries }) => ({ id, deliveries }))).toEqual(
        Array(2).fill({ id: event.id, deliveries: 1 }),
      );
      expect(told.map(({ duplicate }) => duplicate).sort()).toEqual([false, true]);
    }
    expect((await one.listEvents(customer, { pageSize: 100 })).items).toHaveLength(20);
    expect((await one.countTotals()).pending).toBe(20);
  });

  test("of two that publish one id with other content, one is taken and one refused", async () => {
    const customer = await newCustomer(one);
    await newWebhook(one, customer);
    for (let rounds = 0; rounds < 20; rounds += 1) {
      const event = newEvent(customer);
      const changed = { ...event, dataJson: '{"changed":true}', contentHash: "other content" };
      const answers = await Promise.all([one.publishEvents([event]), other.publishEvents([changed])]);
      expect(answers.map(({ kind }) => kind).sort()).toEqual(["accepted", "conflict"]);
    }
    expect((await one.countTotals()).pending).toBe(20);
  });

  test("events in another order, published at once, are all written once", async () => {
    const customer = await newCustomer(one);
    await newWebhook(one, customer);
    const events = Array.from({ length: 50 }, () => newEvent(customer));
    await Promise.all([one.publishEvents(events), other.publishEvents(events.toReversed())]);
    expect((await one.listEvents(customer, { pageSize: 100 })).items).toHaveLength(50);
    expect((await one.countTotals()).pending).toBe(50);
  });

  test("what is published during edits meets a webhook as one of them has left it, whole", async () => {
    const customer = await newCustomer(one);
    const types = ["search_completed", "alert_remediated"] as const;
    const webhook = await newWebhook(one, customer, { events: [types[0]] });
    const editing = async () => {
      for (let edits = 1; edits <= 20; edits += 1)
        await other.updateWebhook(customer, webhook, { events: [types[edits % 2] ?? types[0]] }, ann);
    };
    const numbers: number[] = [];
    const publishing = async () => {
      for (let calls = 0; calls < 20; calls += 1) {
        const result = await one.publishEvents(types.map((type) => newEvent(customer, { type })));
        if (result.kind === "accepted")
          numbers.push(result.events.reduce((sum, { deliveries }) => sum + deliveries, 0));
      }
    };
    await Promise.all([editing(), publishing()]);
    // It always wants one of the two: none or both would be half of one edit and half of another.
    expect(numbers).toEqual(Array(20).fill(1));
    expect((await one.countTotals()).pending).toBe(20);
    const { items } = await one.listEvents(customer, { pageSize: 100 });
    expect(items.map(({ deliveries }) => deliveries).filter((count) => count > 0)).toHaveLength(20);
  });

  test("a redelivery that is asked for while the attempt is recorded makes one more attempt", async () => {
    const customer = await newCustomer(one);
    const webhook = await newWebhook(one, customer);
    await publish(one, customer, 4); // one more failure might open the breaker
    for (const claimed of await claim(one)) {
      await Promise.all([
        one.recordAttempts([attempt(claimed, 500, clock.now)]),
        other.redeliver(customer, webhook, claimed.event.id, ann),
      ]);
    }
    const again = await claim(one);
    expect(again.map(({ number, reason }) => ({ number, reason }))).toEqual(
      Array(4).fill({ number: 2, reason: "manual" }),
    );
    expect(await claim(other)).toEqual([]);
  });

  test("what is published, claimed, recorded and edited at once comes to its end, each delivery once", async () => {
    const customer = await newCustomer(one);
    const webhook = await newWebhook(one, customer);
    await newWebhook(one, customer);
    const publishing = async (store: Store) => {
      for (let calls = 0; calls < 20; calls += 1) await publish(store, customer, 3);
    };
    const editing = async () => {
      for (let calls = 0; calls < 10; calls += 1) {
        await other.updateWebhook(customer, webhook, { description: `edit ${calls}` }, ann);
      }
    };
    const early = Promise.all([drain(one, "one"), drain(other, "other")]);
    await Promise.all([publishing(one), publishing(other), editing()]);
    const claimed = [await early, [await drain(one, "one")]].flat(2);
    expect(claimed).toHaveLength(240);
    expect(new Set(claimed.map(({ delivery }) => delivery)).size).toBe(240);
  });
}

function onlyEvent(result: PublishResult) {
  const [event] = result.kind === "accepted" ? result.events : [];
  if (!event) throw new Error(`The test's event was refused: ${result.kind}.`);
  return event;
}
