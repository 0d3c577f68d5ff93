import { afterEach, beforeEach, expect, test } from "vitest";
import { attempt, type Clock, claim, newCustomer, newWebhook, publish } from "../contract.kit";
import type { Claim, Store } from "../store";
import { openTogether } from "./open.kit";

// Two processes that work on one database at the same time.

const clock: Clock = { now: Date.UTC(2026, 0, 1), jumpedMs: 0, doubts: [] };
let one: Store;
let other: Store;
let close: () => Promise<void>;
beforeEach(async () => {
  const { stores, ...opened } = await openTogether(clock, 2);
  [one, other] = stores as [Store, Store];
  close = opened.close;
});
afterEach(() => close());

test("two workers share a backlog, and send nothing twice", async () => {
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
  const rollups = await one.listRollups(customer, 0, "hour");
  expect(rollups).toMatchObject([{ rollup: { delivered: 30, failed: 30 } }]);
  expect(await one.getWebhook(customer, webhook)).toMatchObject({ pendingCount: 30 });
});

test("a redelivery that is asked for while the attempt is recorded makes one more attempt", async () => {
  const customer = await newCustomer(one);
  const webhook = await newWebhook(one, customer);
  await publish(one, customer, 4); // one more failure might open the breaker
  for (const claimed of await claim(one)) {
    await Promise.all([
      one.recordAttempts([attempt(claimed, 500, clock.now)]),
      other.redeliver(customer, webhook, claimed.event.id),
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
      await other.updateWebhook(customer, webhook, { description: `edit ${calls}` });
    }
  };
  const early = Promise.all([drain(one, "one"), drain(other, "other")]);
  await Promise.all([publishing(one), publishing(other), editing()]);
  const claimed = [await early, [await drain(one, "one")]].flat(2);
  expect(claimed).toHaveLength(240);
  expect(new Set(claimed.map(({ delivery }) => delivery)).size).toBe(240);
});

/** Claims and delivers until nothing waits any more, in nobody's hands either. */
async function drain(store: Store, workerId: string): Promise<Claim[]> {
  const claimed: Claim[] = [];
  for (;;) {
    const claims = await claim(store, { workerId, slots: 20 });
    claimed.push(...claims);
    if (claims.length > 0) await store.recordAttempts(claims.map((each) => attempt(each, 200, clock.now)));
    else if ((await store.countTotals()).pending === 0) return claimed;
  }
}
