import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { editWebhook } from "@/domain/webhook/edit";
import { ann } from "../actor.kit";
import { webhookScene } from "../contract/scene.kit";
import { day, type Open } from "../contract.kit";
import { editableOf } from "../rows/webhook-columns";
import { thisChange } from "./connection/change";
import type { Connection, Transaction } from "./connection/connection";
import { onlyOne } from "./connection/rows";
import { writeEvents } from "./event/write-events";
import { openWithConnection } from "./open.kit";
import { lockQueues, refreshQueues } from "./queue/queue-row";
import { lockWebhook } from "./webhook/lock-webhook";
import { saveEdited } from "./webhook/webhook-rows";

// What SQLite does one after the other, and Postgres at once: each test holds a transaction open while another runs.

let connection: Connection;
const open: Open = async (clock) => {
  const opened = await openWithConnection(clock);
  connection = opened.connection;
  return opened.store;
};
const { store, customer, webhook, publish, claim, delivery } = webhookScene(open);

/** Does something in a transaction that is open until the answer is called. */
async function hold(body: (tx: Transaction) => Promise<unknown>): Promise<() => Promise<void>> {
  let end = () => {};
  const isOver = new Promise<void>((resolve) => {
    end = resolve;
  });
  let done: Promise<void> = Promise.resolve();
  await new Promise<void>((resolve, reject) => {
    done = connection.write(async (tx) => {
      await body(tx);
      resolve();
      await isOver;
    });
    done.catch(reject);
  });
  return () => {
    end();
    return done;
  };
}

/** Until somebody waits for what another holds. */
const somebodyWaits = () =>
  vi.waitFor(
    async () => {
      const { rows } = await connection.db.execute(
        sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      expect(rows).toHaveLength(1);
    },
    { timeout: 10_000 },
  );

async function switchOff({ db, now }: Transaction): Promise<void> {
  const row = await lockWebhook(db, customer, webhook);
  if (!row) throw new Error("The webhook is not there.");
  const before = editableOf(row.webhook, row.queue);
  await saveEdited(db, row.webhook.key, editWebhook(before, { isActive: false }, now));
}

test("an event that is published during an edit meets the webhook as it is after it", async () => {
  const commit = await hold(switchOff);
  const publishing = publish();
  await somebodyWaits();
  await commit();
  const [id = ""] = await publishing;
  expect((await store.getEvent(customer, id))?.traces).toMatchObject([
    { delivery: null, reason: "inactive" },
  ]);
});

test("an edit waits for events that are being published", async () => {
  const commit = await hold(({ db }) =>
    db.execute(sql`select from customers where id = ${customer} for share`),
  );
  const editing = store.updateWebhook(customer, webhook, { isActive: false }, ann);
  await somebodyWaits();
  await commit();
  expect(await editing).toMatchObject({ isActive: false });
});

test("a queue that is refreshed while an event arrives is due for it", async () => {
  const { rows } = await connection.db.execute<{ key: string; customer_key: string }>(
    sql`select key, customer_key from webhooks where id = ${webhook}`,
  );
  const [key, customerKey] = [Number(onlyOne(rows).key), Number(onlyOne(rows).customer_key)];
  const event = { id: randomUUID(), customerKey, type: "search_completed", payload: "{}", contentHash: "" };
  const commit = await hold((tx) =>
    writeEvents(tx, [{ ...event, isTest: false, targets: [key], skipped: [] }]),
  );
  const refreshing = connection.write(async ({ db }) => {
    await lockQueues(db, [key]);
    await refreshQueues(db, [{ webhookKey: key }]);
  });
  await somebodyWaits();
  await commit();
  await refreshing;
  expect((await claim()).map((claimed) => claimed.event.id)).toEqual([event.id]);
});

test("a recovery covers what had failed when it was asked for, in whatever order transactions began", async () => {
  const [first = "", second = ""] = await publish(2);
  const fail = ({ db }: Transaction, id: string) =>
    db.execute(sql`update deliveries d set status = 'failed', change = ${thisChange}
      from events e where e.key = d.event_key and e.id = ${id}`);
  const endOlder = await hold(({ db }) => db.execute(sql`select ${thisChange}`));
  await connection.write((tx) => fail(tx, first));
  const endLater = await hold((tx) => fail(tx, second));
  const range = { since: 0, until: null, include: ["failed" as const] };
  const recovery = { id: randomUUID(), customerId: customer, webhookId: webhook, ...range };
  expect(await store.startRecovery(recovery, ann)).toMatchObject({ total: 1 });
  await Promise.all([endOlder(), endLater()]);
  while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
  expect((await claim()).map(({ event }) => event.id)).toEqual([first]);
  expect((await delivery(second)).delivery.status).toBe("failed");
});

test("a secret that changes while it is re-sealed is re-sealed as it is then", async () => {
  await store.updateWebhook(customer, webhook, { secret: "old:1" }, ann);
  const commit = await hold(({ db }) =>
    db.execute(sql`update webhooks set secret = 'old:2' where id = ${webhook}`),
  );
  const resealing = store.reseal("new", null, (secret) => secret.replace("old:", "new:"));
  await somebodyWaits();
  await commit();
  await resealing;
  expect((await store.getSecrets(customer, webhook))?.current).toBe("new:2");
});

test("two that start at once set one platform webhook", async () => {
  const set = () => store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
  await Promise.all([set(), set()]);
  const { rows } = await connection.db.execute(sql`select from customers where is_system`);
  expect(rows).toHaveLength(1);
});

test("a test passes by while its webhook is edited or judged, and is next", async () => {
  const eventId = randomUUID();
  const content = { type: "search_completed", dataJson: "{}" };
  await store.createTest({ customerId: customer, webhookId: webhook, eventId, ...content }, ann);
  const commit = await hold(({ db }) =>
    db.execute(sql`select from webhooks where id = ${webhook} for no key update`),
  );
  expect(await claim()).toEqual([]);
  await commit();
  expect((await claim()).map(({ event }) => event.id)).toEqual([eventId]);
});
