import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test, vi } from "vitest";
import {
  guardedRole,
  newDatabase,
  type PostgresServer,
  runSql,
  startPostgres,
} from "@/testing/postgres-server";
import { ann } from "../../actor.kit";
import { newCustomer, newEvent, newWebhook } from "../../contract.kit";
import type { Opened } from "../../opened";
import { migratePostgres, openPostgres } from "../open";
import { staleAfterMs } from "./replica";

let primary: PostgresServer;
let standby: PostgresServer;
beforeAll(async () => {
  primary = await startPostgres();
  standby = await startPostgres({ standbyOf: primary });
});
afterAll(() => Promise.all([standby.end(), primary.end()]));

let databaseUrl: string;
let databaseReadUrl: string;
beforeEach(async () => {
  databaseUrl = await newDatabase(primary.url);
  databaseReadUrl = databaseUrl.replace(
    encodeURIComponent(primary.folder),
    encodeURIComponent(standby.folder),
  );
  await migratePostgres({ databaseUrl });
});
const opened: Opened[] = [];
afterEach(async () => {
  for (const { store } of opened.splice(0)) await store.close();
  await runSql(standby.url, "select pg_wal_replay_resume()");
});

const patience = { timeout: 15_000 };
const all = { content: false, pageSize: 10 };

/** What a process is told of its replica, the latest last. */
let told: (string | null)[];
async function open(readUrl: string | null): Promise<Opened> {
  told = [];
  const heard = told;
  const process = await openPostgres({
    databaseUrl,
    databaseReadUrl: readUrl,
    onReplica: (why) => heard.push(why),
  });
  opened.push(process);
  return process;
}

/** A process that reads from the replica, another that knows of none, and a customer with a webhook. */
async function scene() {
  const { store: other } = await open(null);
  const { store, replica } = await open(databaseReadUrl);
  const customer = await newCustomer(other);
  const webhook = await newWebhook(other, customer);
  const isUsed = () => replica?.()?.isUsed;
  await vi.waitFor(() => expect(isUsed()).toBe(true), patience);
  const publish = async () => {
    const event = newEvent(customer);
    await other.publishEvents([event]);
    return event.id;
  };
  const list = async () =>
    (await store.listDeliveries(customer, all))?.items.map(({ eventId, status }) => `${eventId} ${status}`);
  return { other, store, customer, webhook, isUsed, replica, publish, list };
}

/** When the replica has what the primary had just now. */
async function caughtUp(): Promise<void> {
  const [{ at } = {}] = await runSql(primary.url, "select pg_current_wal_flush_lsn() as at");
  const has = `select pg_last_wal_replay_lsn() >= '${at}' as it`;
  await vi.waitFor(async () => expect(await runSql(standby.url, has)).toEqual([{ it: true }]), patience);
}

/** From now on the replica shows what there is now, and no more. */
async function stopReplay(): Promise<void> {
  await caughtUp();
  await runSql(standby.url, "select pg_wal_replay_pause()");
  const isStopped = "select pg_get_wal_replay_pause_state() as state";
  await vi.waitFor(
    async () => expect(await runSql(standby.url, isStopped)).toEqual([{ state: "paused" }]),
    patience,
  );
}

test("lists show what the replica has while it is near, and what the primary has once it is not", async () => {
  const { publish, list, isUsed, replica } = await scene();
  const first = await publish();
  await stopReplay();
  const second = await publish();
  expect(await list()).toEqual([`${first} pending`]);
  expect(isUsed()).toBe(true);
  const both = [`${second} pending`, `${first} pending`];
  await vi.waitFor(async () => expect(await list()).toEqual(both), patience);
  expect(replica?.()).toMatchObject({ isUsed: false });
  expect(replica?.()?.behindMs).toBeGreaterThan(staleAfterMs);
  await vi.waitFor(() => expect(told.at(-1)).toMatch("It is not known to be less than 5 s behind"), patience);
  await runSql(standby.url, "select pg_wal_replay_resume()");
  await vi.waitFor(() => expect(isUsed()).toBe(true), patience);
  expect(await list()).toEqual(both);
});

test("who did something sees it, however far behind the replica is", async () => {
  const { store, customer, webhook, publish, list, isUsed } = await scene();
  const event = await publish();
  await stopReplay();
  await store.deleteWebhook(customer, webhook, ann);
  expect(await list()).toEqual([]);
  expect(await store.getDelivery(customer, webhook, event)).toBeNull();
  expect(isUsed()).toBe(true);
});

test("lists say no less than who follows the changes was told", async () => {
  const { store, customer, publish, list, isUsed } = await scene();
  const { cursor } = await store.listChanges(customer, { after: null, limit: 10 });
  await stopReplay();
  const event = await publish();
  const { items } = await store.listChanges(customer, { after: cursor, limit: 10 });
  expect(items.map(({ delivery }) => delivery.eventId)).toEqual([event]);
  expect(await list()).toEqual([`${event} pending`]);
  expect(isUsed()).toBe(true);
});

test("what is asked of by its id is found, although the replica does not have it yet", async () => {
  const { store, other, customer, webhook, publish, isUsed } = await scene();
  await stopReplay();
  const event = await publish();
  expect((await store.getEvent(customer, event))?.event.id).toBe(event);
  expect((await store.getDelivery(customer, webhook, event))?.delivery.eventId).toBe(event);
  const later = await newWebhook(other, customer);
  expect(await store.listDeliveries(customer, { ...all, webhookId: later })).toMatchObject({ items: [] });
  expect(isUsed()).toBe(true);
});

test("a customer that nobody did anything for is read from the replica meanwhile", async () => {
  const { store, other, customer, webhook, list, publish } = await scene();
  const busy = await newCustomer(other);
  const paused = await newWebhook(other, busy);
  await stopReplay();
  await store.pauseWebhook(busy, paused, null, ann);
  await publish();
  expect(await list()).toEqual([]);
  await other.pauseWebhook(customer, webhook, null, ann);
  expect((await store.getWebhook(customer, webhook))?.pause).not.toBeNull();
});

test("a replica that goes away is no error, and is used again when it is back", async () => {
  const { publish, list, isUsed } = await scene();
  const first = await publish();
  await standby.stop();
  expect(await list()).toEqual([`${first} pending`]);
  await vi.waitFor(() => expect(told.at(-1)).toMatch("Nothing listens"), patience);
  expect(isUsed()).toBe(false);
  await standby.start();
  await vi.waitFor(() => expect(isUsed()).toBe(true), patience);
  expect(told.at(-1)).toBeNull();
  await stopReplay();
  await publish();
  expect(await list()).toEqual([`${first} pending`]);
});

test("one that is away at the start keeps nobody from starting", async () => {
  await standby.stop();
  const { store, replica } = await open(databaseReadUrl);
  expect(told).toEqual(["Nothing listens where the database server should be"]);
  expect(replica?.()).toEqual({ isUsed: false, behindMs: null });
  const customer = await newCustomer(store);
  expect(await store.listDeliveries(customer, all)).toMatchObject({ items: [] });
  await standby.start();
  await vi.waitFor(() => expect(told.at(-1)).toBeNull(), patience);
});

test("the primary itself is no replica, and is read as before", async () => {
  const { replica } = await open(databaseUrl);
  expect(told).toEqual(["The database server cannot be used: it takes writes, so that it is no standby"]);
  expect(replica?.().isUsed).toBe(false);
});

test("what never can be the replica is refused in a sentence", async () => {
  const other = await newDatabase(inject("postgresUrl"));
  const refused = (url: string) => expect(open(url)).rejects;
  await refused(other).toThrow(
    "This is another database, and no replica of the one that DATABASE_URL names (DATABASE_READ_URL). Nothing was changed.",
  );
  await refused(databaseReadUrl.replace(/\/test_\w+/, "/postgres")).toThrow("This is another database");
  await refused(databaseReadUrl.replace(/\/test_\w+/, "/nowhere")).toThrow(
    "has no database of this name. Make it with createdb (DATABASE_READ_URL)",
  );
  await runSql(primary.url, `create role ${guardedRole} login password 'right'`);
  await caughtUp();
  await refused(databaseReadUrl.replace("postgres@", `${guardedRole}:wrong@`)).toThrow(
    "refuses the user or the password (DATABASE_READ_URL)",
  );
});

test("what an agent has just asked for is in the list of its audience", async () => {
  const { store, customer } = await scene();
  const key = { id: "agents", customerId: customer, name: null, prefix: "fk_agents", hash: "of agents" };
  await store.createApiKey({ ...key, access: "read", expiresAt: null }, ann);
  await stopReplay();
  const asked = await store.subscribe(
    {
      ...{ id: "sub_1", customerId: customer, principalId: key.id, url: "https://agent.example/" },
      ...{ name: "search_completed", arguments: {}, detail: "ids", client: null, conditions: null },
      ...{ termMs: 3_600_000, site: "https://hooks.example", seal: () => "sealed" },
      challenge: { eventId: "msg_verification_1", payload: "{}" },
    },
    ann,
  );
  if (asked.kind !== "challenged") throw new Error("The agent was not asked.");
  const page = await store.listDeliveries(asked.customerId, all);
  expect(page?.items.map(({ eventId }) => eventId)).toEqual(["msg_verification_1"]);
});
