import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ann } from "@/db/actor.kit";
import { newCustomer, newWebhook } from "@/db/contract.kit";
import { migrateStore, openStore } from "@/db/open";
import { type KeyRing, open, seal, secretOwner } from "@/domain/webhook/seal";
import { markOf } from "./process-mark";
import { resealAll } from "./reseal";
import { assertKnown, assertOpens } from "./sealed-keys";

const dataDir = mkdtempSync(join(tmpdir(), "fanfare-reseal-"));
afterAll(() => rmSync(dataDir, { recursive: true }));

const oldKey = { id: "old", key: randomBytes(32) };
const newKey = { id: "new", key: randomBytes(32) };
const oldRing: KeyRing = [oldKey];
const bothKeys: KeyRing = [newKey, oldKey];

test("every secret moves to the first key, current and previous ones, and still opens", async () => {
  const { store, customer, webhooks } = await storeWithSecrets(120);
  const [rotated] = webhooks;
  await rotate(store, customer, rotated, oldRing, "second");
  expect(await resealAll(bothKeys, store)).toBe(121);
  await assertOpens([newKey], store);
  const secrets = await store.getSecrets(customer, rotated?.id ?? "");
  const owner = secretOwner({ customerId: customer, webhookId: rotated?.id ?? "" });
  expect(open([newKey], secrets?.current ?? "", owner)).toBe("second");
  expect(open([newKey], secrets?.previous ?? "", owner)).toBe(rotated?.secret);
  expect(await resealAll(bothKeys, store)).toBe(0);
});

test("a rotation that broke off half-way is finished by the next", async () => {
  const { store } = await storeWithSecrets(120);
  const breaksOff = { reseal: failAfter(1, store.reseal) };
  await expect(resealAll(bothKeys, breaksOff)).rejects.toThrow("broke off");
  await assertOpens(bothKeys, store);
  expect(await resealAll(bothKeys, store)).toBe(70);
  await assertOpens([newKey], store);
});

test("secrets that change meanwhile keep their new value", async () => {
  const { store, customer, webhooks } = await storeWithSecrets(120);
  const changes = webhooks.map((webhook) => rotate(store, customer, webhook, bothKeys, "changed"));
  await Promise.all([resealAll(bothKeys, store), ...changes]);
  for (const { id } of webhooks) {
    const secrets = await store.getSecrets(customer, id);
    const owner = secretOwner({ customerId: customer, webhookId: id });
    expect(open([newKey], secrets?.current ?? "", owner)).toBe("changed");
  }
});

test("a rotation waits until every worker that runs knows the new key", async () => {
  const { store } = await storeWithSecrets(1);
  const mark = markOf(process.ppid); // some process that runs
  await store.heartbeat({ id: "worker", ...mark, keyIds: oldRing.map(({ id }) => id) });
  await expect(assertKnown(bothKeys, store)).rejects.toThrow(/without the encryption key "new".*Restart/);
  await store.heartbeat({ id: "worker", ...mark, keyIds: bothKeys.map(({ id }) => id) });
  await assertKnown(bothKeys, store);
});

test("a worker with a heartbeat counts as running, whatever its number says here", async () => {
  const { store } = await storeWithSecrets(1);
  const elsewhere = { pid: 2 ** 30, host: "another numbering", startedAt: "" };
  await store.heartbeat({ id: "in another container", ...elsewhere, keyIds: ["old"] });
  await expect(assertKnown(bothKeys, store)).rejects.toThrow(/Restart/);
});

test("no secret is in a database file in clear, before, during or after", async () => {
  const folder = mkdtempSync(join(dataDir, "canary-"));
  await migrateStore({ dataDir: folder });
  const { store, webhooks } = await storeWithSecrets(60, folder);
  const found = () => webhooks.filter(({ secret }) => bytesOf(folder).includes(secret));
  expect(bytesOf(folder).includes(webhooks[0]?.id ?? "")).toBe(true);
  expect(found()).toEqual([]);
  await resealAll(bothKeys, store);
  expect(found()).toEqual([]);
  expect(bytesOf(folder).includes(newKey.key)).toBe(false);
});

async function storeWithSecrets(count: number, folder = ":memory:") {
  const { store } = await openStore({ dataDir: folder, clock: Date.now });
  const webhooks: { id: string; secret: string }[] = [];
  let customer = "";
  for (let index = 0; index < count; index += 1) {
    if (index % 10 === 0) customer = await newCustomer(store);
    const [id, secret] = [`webhook-${index}`, `canary-${randomBytes(12).toString("hex")}`];
    const sealed = seal(oldRing, secret, secretOwner({ customerId: customer, webhookId: id }));
    await newWebhook(store, customer, { id, secret: sealed });
    webhooks.push({ id, secret });
  }
  return { store, customer, webhooks: webhooks.slice(-10) };
}

type Opened = Awaited<ReturnType<typeof storeWithSecrets>>;

function rotate(
  store: Opened["store"],
  customer: string,
  webhook: Opened["webhooks"][number] | undefined,
  ring: KeyRing,
  secret: string,
) {
  const webhookId = webhook?.id ?? "";
  const sealed = seal(ring, secret, secretOwner({ customerId: customer, webhookId }));
  return store.rotateSecret(customer, webhookId, sealed, 60_000, ann);
}

function failAfter<Arguments extends unknown[], T>(calls: number, verb: (...given: Arguments) => Promise<T>) {
  let made = 0;
  return async (...given: Arguments): Promise<T> => {
    if (made === calls) throw new Error("It broke off.");
    made += 1;
    return verb(...given);
  };
}

const bytesOf = (folder: string) =>
  Buffer.concat(readdirSync(folder).map((name) => readFileSync(join(folder, name))));
