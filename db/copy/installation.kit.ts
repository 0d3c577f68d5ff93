import Database from "better-sqlite3";
import { ann } from "../actor.kit";
import { attempt, claim, minute, newCustomer, newWebhook, publish, turn } from "../contract.kit";
import { exerciseStore } from "../exercise.kit";
import { addPast } from "../history.kit";
import { migrateStore, openStore } from "../open";
import { databaseFile } from "../sqlite/connection/database-file";
import type { Store } from "../store";
import { twins } from "./twins";

const day = 24 * 60 * minute;

/** Makes an installation on SQLite with something in every table, of which much is under way, and closes it. */
export async function makeInstallation(dataDir: string, clock: { now: number }): Promise<void> {
  await migrateStore({ dataDir });
  const { store } = await openStore({ dataDir, clock: () => clock.now });
  const customer = await exerciseStore({ store, clock });
  await addPeople(store, dataDir);
  await newWebhook(store, customer, { events: ["webhook.*"], isActive: false }); // so that there is something to tell
  await addWorkUnderWay(store, clock, customer);
  const past = await newCustomer(store);
  const webhook = await newWebhook(store, past);
  await addCreation(store, customer);
  const mark = { id: "deploy", webhookId: webhook, name: "Deploy 42", url: null, at: null };
  await store.createMark(past, mark, ann);
  await store.close();
  addPast(dataDir, { customer: past, webhook, count: 2_500, from: clock.now, payloadBytes: 1_000 });
  assertFull(dataDir);
}

async function addCreation(store: Store, customerId: string): Promise<void> {
  const webhook = { id: "once", customerId, url: "https://once.example/", secret: null };
  const creation = { idempotencyKey: "onboarding 4711", digest: "of the content" };
  const conditions = { "*": { op: "greater", path: "data.über", value: 0.1 } } as const;
  const settings = { isActive: false, events: ["*"], conditions, description: null };
  await store.createWebhookOnce({ ...webhook, ...settings }, creation, ann);
}

async function addPeople(store: Store, dataDir: string): Promise<void> {
  const sqlite = new Database(databaseFile(dataDir));
  for (const id of ["ada", "Ben", "zoë"])
    sqlite.exec(`
      insert into users (id, name, email, email_verified, created_at, updated_at)
        values ('${id}', 'Ad\u00e4\u{1f600}', '${id}@example.com', ${Number(id === "ada")}, 1760000000123, 1760000000999);
      insert into sessions (id, user_id, token, expires_at, created_at, updated_at)
        values ('s-${id}', '${id}', 'token ${id}', 1900000000001, 1, 2);
      insert into accounts (id, user_id, provider_id, account_id, password, created_at, updated_at)
        values ('a-${id}', '${id}', 'credential', '${id}', 'scrypt', 1, 2)`);
  sqlite.close();
  const { customerId } = await store.createCustomerWithOwner(
    { id: "firm", name: "Firm", ownerId: "ada" },
    ann,
  );
  const key = { id: "key", customerId, name: null, prefix: "fk_1", hash: "of the key" };
  await store.createApiKey({ ...key, access: "read", expiresAt: 1900000000002 }, ann);
  await store.createInvitation({ id: "i", makerId: "ada", role: "viewer", hash: "of i", lastsMs: day }, ann);
  await store.createResetLink({ userId: "ada", makerId: null, hash: "of reset", lastsMs: day }, ann);
  for (const hash of ["of link", "of used"])
    await store.createPortalLink({ customerId, hash, lastsMs: day }, ann);
  await store.createPlatformSession({ hash: "of operator", name: "Ada", lastsMs: day });
  await store.chooseNotices({ userId: "ada", kinds: ["failing", "slow"] }, ann);
  await store.proveAddress("ada", "ada@example.com");
  await store.pauseDelivery(ann);
  await store.redeemPortalLink({ hash: "of used", sessionHash: "of session", lastsMs: day });
}

/** A recovery half-way, a breaker that is open, a pause, words that Postgres cannot hold, and lost workers. */
async function addWorkUnderWay(store: Store, clock: { now: number }, customer: string): Promise<void> {
  const [webhookId = ""] = (await store.listWebhooks(customer))
    .filter(({ isActive }) => isActive)
    .map(({ id }) => id);
  const gone = { code: "protocol_error", message: "It said \0." } as const;
  const all = await claim(store);
  await store.recordAttempts(all.map((each) => attempt(each, gone, clock.now)));
  const failing = await newWebhook(store, customer);
  await publish(store, customer, 9);
  for (let times = 0; times < 4; times += 1) {
    clock.now += 3_600_000;
    await turn({ store, clock }, 500, { "x-odd": "é\u00ff" });
  }
  const range = { since: 0, until: null, include: ["failed" as const, "missed" as const] };
  await store.startRecovery({ id: "half-way", customerId: customer, webhookId: failing, ...range }, ann);
  clock.now += 3_600_000;
  await turn({ store, clock }, 500); // what fails from now on is none of its targets
  await store.pauseWebhook(customer, webhookId, null, ann);
  const other = await newWebhook(store, await newCustomer(store));
  const owner = (await store.listCustomers({ pageSize: 1 })).items[0]?.id ?? "";
  await publish(store, owner, 12);
  await store.heartbeat({ id: "lost", pid: 2, host: "", startedAt: "", keyIds: ["k1"] });
  await claim(store, { workerId: "lost", slots: 5 });
  await store.cancelPending(owner, other, ann);
}

function assertFull(dataDir: string): void {
  const sqlite = new Database(databaseFile(dataDir), { readonly: true });
  const isEmpty = (name: string) => sqlite.prepare(`select 1 from ${name} limit 1`).get() === undefined;
  const empty = twins.map(({ from }) => from).filter(isEmpty);
  sqlite.close();
  if (empty.length > 0) throw new Error(`The installation of the test has nothing in ${empty.join(", ")}.`);
}

/** What a store answers to every question about what is in it. */
export async function lookAtAll(store: Store): Promise<unknown[]> {
  const { items: customers } = await store.listCustomers({ pageSize: 100 });
  const workers = (await store.listWorkers()).toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const answers: unknown[] = [customers, workers, await store.countTotals()];
  answers.push(await store.findApiKey("of the key"), await store.findPortalSession("of session"));
  answers.push(await store.isResetLinkOpen("of reset"), await store.isPortalLinkOpen("of link"));
  answers.push(await store.findPlatformSession("of operator"), await store.findDeliveryPause());
  answers.push(await store.findNoticeChoice("ada"), await store.countDigests());
  answers.push(await store.listSealedKeys(), await store.findInvitation("of i"));
  for (const { id } of customers) {
    const webhooks = await store.listWebhooks(id);
    const page = await store.listDeliveries(id, { content: true, pageSize: 40 });
    answers.push(webhooks, page, await store.listEvents(id, { pageSize: 40 }));
    answers.push(await store.listMembers(id), await store.listApiKeys(id), await store.listInvitations(id));
    answers.push(await store.countEventTypes(id, 0));
    answers.push(await store.listMarks(id, { since: 0, until: Number.MAX_SAFE_INTEGER }));
    for (const step of ["minute", "hour"] as const) answers.push(await store.listRollups(id, 0, step));
    for (const webhook of webhooks) answers.push(await lookAtWebhook(store, id, webhook.id));
    for (const { webhookId, eventId } of page?.items ?? [])
      answers.push(
        await store.getDelivery(id, webhookId, eventId),
        (await store.getEvent(id, eventId)) ?? "gone",
      );
  }
  return answers;
}

async function lookAtWebhook(store: Store, customerId: string, id: string): Promise<unknown[]> {
  const range = { since: 0, until: null, include: ["failed" as const, "missed" as const] };
  return [
    await store.getSecrets(customerId, id),
    await store.listRefusals(customerId, id),
    await store.listIncidents(customerId, id),
    await store.listRecoveries(customerId, { webhookId: id }),
    await store.countRecoverable(customerId, id, range),
  ];
}
