import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { maxLostInARow } from "@/domain/limits";
import { ann } from "../actor.kit";
import { customerScene } from "../contract/scene.kit";
import { attempt, claim, day, minute, newWebhook, type Open, publish, turn } from "../contract.kit";
import { systemWebhookId } from "../rows/system-webhook";
import type { Claim, Store } from "../store";
import type { Connection } from "./connection/connection";
import { openTogether } from "./open.kit";
import { postgresStore } from "./store";

// What is told the platform is written by whoever has another webhook's queue already: two processes that each wait for
// what the other has would be found by Postgres after a second, and one of them run again.

let connection: Connection;
let other: Store;
let runs = 0;
const open: Open = async (clock) => {
  const { connections, close } = await openTogether(clock, 2);
  const [first, second] = connections.map(counting) as [Connection, Connection];
  connection = first;
  other = postgresStore(second);
  return { ...postgresStore(first), close };
};
const { store, clock, customer } = customerScene(open);

/** Counts how often transactions are run. */
const counting = (connection: Connection): Connection => ({
  ...connection,
  write: (body) =>
    connection.write((tx) => {
      runs += 1;
      return body(tx);
    }),
});

const target = (path: string) => ({ url: `https://platform.example/${path}`, seal: () => null });

/** A notice to the platform's webhook that is in flight, and two deliveries of a webhook that was made after that. */
async function inFlight(): Promise<{ notice: Claim; first: Claim; second: Claim }> {
  await store.setSystemWebhook(target("hook"));
  const webhook = await newWebhook(store, customer);
  await publish(store, customer, 3);
  const [failing, first, second] = await claim(store);
  if (!failing || !first || !second) throw new Error("Not all was claimed.");
  await store.recordAttempts([attempt(failing, 410, clock.now)]);
  await store.updateWebhook(customer, webhook, { isActive: true }, ann);
  const [notice] = await claim(store);
  if (notice?.webhook.id !== systemWebhookId) throw new Error("The platform was not told.");
  runs = 0;
  return { notice, first, second };
}

/** Holds what a statement locks until the answer is called. */
async function hold(statement: string): Promise<() => Promise<void>> {
  const client = await connection.pool.connect();
  await client.query(`begin; ${statement}`);
  return async () => {
    await client.query("commit");
    client.release();
  };
}

/** Whether nobody has what a statement locks. */
const isFree = (statement: string) =>
  connection.db.execute(sql.raw(`${statement} nowait`)).then(
    () => true,
    () => false,
  );

const queueOf = (webhookId: string) => `select from webhook_queue join webhooks on key = webhook_key
  where id = '${webhookId}' for update of webhook_queue`;

const someWait = (count: number) =>
  vi.waitFor(
    async () => {
      const { rows } = await connection.db.execute(
        sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rows).toHaveLength(count);
    },
    { timeout: 10_000 },
  );

test("who tells the platform waits for nobody who has its queue and waits, too", async () => {
  const { notice, first, second } = await inFlight();
  const release = await hold(queueOf(systemWebhookId));
  const both = other.recordAttempts([attempt(notice, 200, clock.now), attempt(first, 410, clock.now)]);
  await someWait(1);
  const telling = store.recordAttempts([attempt(second, 410, clock.now)]);
  await someWait(2);
  await release();
  expect([await both, await telling]).toEqual([["recorded", "recorded"], ["recorded"]]);
  expect(runs).toBe(2);
});

test("nor does a claim that tells of a delivery whose workers are lost", async () => {
  const { notice, first, second } = await inFlight();
  await connection.db.execute(
    sql`update deliveries set lost_in_a_row = ${maxLostInARow - 1} where key = ${second.delivery}`,
  );
  clock.now += 10 * minute;
  const release = await hold(queueOf(systemWebhookId));
  const both = other.recordAttempts([attempt(notice, 200, clock.now), attempt(first, 410, clock.now)]);
  await someWait(1);
  const claiming = claim(store);
  await Promise.race([claiming, someWait(2)]);
  await release();
  expect(await both).toEqual(["recorded", "recorded"]);
  await claiming;
  expect(runs).toBe(2);
});

test("nor does who edits the platform's webhook", async () => {
  const { notice, first } = await inFlight();
  const release = await hold("lock table events in share mode");
  const telling = other.recordAttempts([attempt(notice, 200, clock.now), attempt(first, 410, clock.now)]);
  await someWait(1);
  const editing = store.setSystemWebhook(target("other"));
  await someWait(2);
  await release();
  expect(await telling).toEqual(["recorded", "recorded"]);
  await editing;
  expect(runs).toBe(2);
});

const maintain = async () => {
  while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
};

test.each([
  ["are cancelled", (webhook: string) => store.cancelPending(customer, webhook, ann)],
  [
    "waited too long",
    () => {
      clock.now += 31 * day;
      return maintain();
    },
  ],
  [
    "are a deleted customer's",
    async () => {
      await turn({ store, clock }, 200);
      await store.deleteCustomer(customer, ann);
      await maintain();
    },
  ],
])("deliveries that %s are locked in the order of keys", async (_, end) => {
  const webhook = await newWebhook(store, customer);
  await publish(store, customer, 2);
  // The first is where the second was written before it.
  await connection.db.execute(
    sql`update deliveries set due_at = due_at + 1 where key = (select min(key) from deliveries)`,
  );
  const release = await hold(deliveryOf("min"));
  const ending = end(webhook);
  await someWait(1);
  const isNextFree = await isFree(deliveryOf("max"));
  await release();
  await ending;
  expect(isNextFree).toBe(true);
});

test("the queues of a deleted customer are locked in the order of keys", async () => {
  await newWebhook(store, customer);
  await newWebhook(store, customer);
  // The first is where the second was written before it.
  await connection.db.execute(
    sql`update webhook_queue set ready_at = 1 where webhook_key = (select min(webhook_key) from webhook_queue)`,
  );
  const release = await hold(queueAt("min"));
  const deleting = store.deleteCustomer(customer, ann);
  await someWait(1);
  const isNextFree = await isFree(queueAt("max"));
  await release();
  expect([await deleting, isNextFree]).toEqual([true, true]);
});

const queueAt = (which: "min" | "max") =>
  `select from webhook_queue where webhook_key = (select ${which}(webhook_key) from webhook_queue) for update`;
const deliveryOf = (which: "min" | "max") =>
  `select from deliveries where key = (select ${which}(key) from deliveries) for no key update`;
