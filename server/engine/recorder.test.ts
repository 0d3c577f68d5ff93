import { afterEach, beforeEach, expect, test } from "vitest";
import { attempt, claim, newCustomer, newWebhook, publish } from "@/db/contract.kit";
import { openStore } from "@/db/open";
import type { AttemptRecord, Claim, Store } from "@/db/store";
import { StoreAway } from "@/domain/store-away";
import { createRecorder } from "./recorder";

let store: Store;
let customerId: string;
let webhookId: string;
let errors: unknown[];
let givenUp: AttemptRecord[];
/** How many attempts each transaction was asked to record. */
let batches: number[];
let refuses: (records: AttemptRecord[]) => boolean;
let recorder: ReturnType<typeof createRecorder>;
beforeEach(async () => {
  store = (await openStore({ dataDir: ":memory:", clock: Date.now })).store;
  customerId = await newCustomer(store);
  webhookId = await newWebhook(store, customerId);
  errors = [];
  givenUp = [];
  batches = [];
  refuses = () => false;
  const doorway: Store = {
    ...store,
    async recordAttempts(records) {
      batches.push(records.length);
      if (refuses(records)) throw new Error("The disk is full.");
      return store.recordAttempts(records);
    },
  };
  recorder = createRecorder(doorway, {
    onError: (error) => errors.push(error),
    onGivenUp: (each) => givenUp.push(each),
  });
});
afterEach(() => store.close());

async function claimed(count: number): Promise<Claim[]> {
  await publish(store, customerId, count);
  return claim(store, { slots: count, webhookCap: count, customerCap: count, free: 4 * count });
}

const record = (each: Claim) => recorder.record(attempt(each, 200, Date.now()));
const read = async (each: Claim) => {
  const found = await store.getDelivery(customerId, webhookId, each.event.id);
  return { ...found?.delivery, last: found?.attempts[0] };
};

test("whoever is told that an attempt is recorded finds it so", async () => {
  const [one] = (await claimed(1)) as [Claim];
  await record(one);
  expect(await read(one)).toMatchObject({ status: "delivered", last: { statusCode: 200 } });
});

test("attempts that end together are recorded together, at most 128 in a transaction", async () => {
  const claims = await claimed(200);
  await Promise.all(claims.map(record));
  expect(batches).toEqual([128, 72]);
});

test("attempts that end while a transaction runs are in the next one", async () => {
  const [first, ...others] = (await claimed(4)) as [Claim, ...Claim[]];
  let late: Promise<void>[] = [];
  refuses = () => {
    if (late.length === 0) late = others.map(record);
    return false;
  };
  await record(first);
  await Promise.all(late);
  expect(batches).toEqual([1, 3]);
});

test("a record that the store refuses keeps no other from being recorded, and is tried until it is taken", async () => {
  const [poison, ...others] = (await claimed(3)) as [Claim, ...Claim[]];
  refuses = (records) => records.some((each) => each.claim === poison);
  let isDone = false;
  const waiting = record(poison).then(() => {
    isDone = true;
  });
  await Promise.all(others.map(record));
  for (const each of others) expect(await read(each)).toMatchObject({ status: "delivered" });
  expect([isDone, errors.length > 0]).toEqual([false, true]);
  refuses = () => false;
  await waiting;
  expect(await read(poison)).toMatchObject({ status: "delivered" });
});

test("a record that is refused for what came back is written without it at last, one that is refused for ever is told, and one that finds the store away is kept whole", async () => {
  const [poison, hopeless, kept] = (await claimed(3)) as [Claim, Claim, Claim];
  let triesWhileAway = 0;
  refuses = (records) => {
    if (records.length > 1) return true;
    const [each] = records;
    if (each?.claim === kept && givenUp.length === 0) {
      triesWhileAway += 1;
      throw new StoreAway("away");
    }
    return (
      each?.claim === hopeless ||
      (each?.claim === poison && each.outcome.kind === "response" && each.outcome.response.body.length > 0)
    );
  };
  await Promise.all([poison, hopeless, kept].map(record));
  expect((await read(poison)).last).toMatchObject({
    statusCode: 200,
    response: { headers: {}, truncated: true },
  });
  expect(givenUp.map(({ claim }) => claim)).toEqual([hopeless]);
  expect(triesWhileAway).toBeGreaterThanOrEqual(40);
  expect((await read(kept)).last).toMatchObject({ statusCode: 200, response: { truncated: false } });
}, 60_000);

test("whoever ends waits for a store that is away no longer than for one that refuses", async () => {
  const [one] = (await claimed(1)) as [Claim];
  refuses = () => {
    throw new StoreAway("away");
  };
  recorder.hurry();
  await record(one);
  expect(givenUp).toHaveLength(1);
}, 60_000);
