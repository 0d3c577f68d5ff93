import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  attempt,
  claim,
  newCustomer,
  newEvent,
  newWebhook,
  type Open,
  type Opened,
  publish,
  turn,
} from "./contract.kit";
import type { Store } from "./store";

/** What every store must do about webhooks, their secrets and their limit. */
export function describeWebhooks(open: Open): void {
  let opened: Opened;
  let store: Store;
  let customer: string;
  beforeEach(async () => {
    opened = await open();
    store = opened.store;
    customer = await newCustomer(store);
  });
  afterEach(() => store.close());

  const webhook = async (id: string) => {
    const found = await store.getWebhook(customer, id);
    if (!found) throw new Error("The webhook is not there.");
    return found;
  };

  describe("webhooks", () => {
    test("a customer has at most 10, also when 15 are added at once", async () => {
      const made = await Promise.allSettled(Array.from({ length: 15 }, () => newWebhook(store, customer)));
      expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
      expect(await store.listWebhooks(customer)).toHaveLength(10);
    });

    test("a deleted one makes room", async () => {
      const ids = await Promise.all(Array.from({ length: 10 }, () => newWebhook(store, customer)));
      expect(await store.deleteWebhook(customer, ids[0] as string)).toBe(true);
      await expect(newWebhook(store, customer)).resolves.toBeTypeOf("string");
    });

    test("the list is newest first and only the customer's own", async () => {
      const other = await newCustomer(store);
      await newWebhook(store, other);
      const first = await newWebhook(store, customer);
      const second = await newWebhook(store, customer);
      expect((await store.listWebhooks(customer)).map(({ id }) => id)).toEqual([second, first]);
    });

    test("another customer can neither see nor change nor delete it", async () => {
      const id = await newWebhook(store, customer);
      const other = await newCustomer(store);
      expect(await store.getWebhook(other, id)).toBeNull();
      expect(await store.updateWebhook(other, id, { isActive: false })).toBeNull();
      expect(await store.deleteWebhook(other, id)).toBe(false);
      expect(await store.getSecrets(other, id)).toBeNull();
      expect((await webhook(id)).isActive).toBe(true);
    });

    test("a change keeps what it does not name", async () => {
      const id = await newWebhook(store, customer, { description: "CRM", secret: "k:sealed" });
      opened.clock.now += 5;
      const changed = await store.updateWebhook(customer, id, { events: ["flow_run_failed"] });
      expect(changed).toMatchObject({ description: "CRM", hasSecret: true, events: ["flow_run_failed"] });
      expect(changed?.updatedAt).toBe(opened.clock.now);
    });

    test("a new URL closes the breaker and clears the countdown", async () => {
      const id = await newWebhook(store, customer);
      await publish(store, customer, 5);
      await turn(opened, 500);
      expect(await webhook(id)).toMatchObject({
        countdownSince: expect.any(Number),
        breaker: expect.anything(),
      });
      const changed = await store.updateWebhook(customer, id, { url: "https://receiver.example/new" });
      expect(changed).toMatchObject({ countdownSince: null, breaker: null });
    });

    test("an attempt at the old URL no longer judges the webhook", async () => {
      const id = await newWebhook(store, customer);
      await publish(store, customer);
      const [claimed] = await claim(store);
      await store.updateWebhook(customer, id, { url: "https://receiver.example/new" });
      if (claimed) await store.recordAttempts([attempt(claimed, 410, opened.clock.now)]);
      expect(await webhook(id)).toMatchObject({ isActive: true, countdownSince: null, lastStatusCode: 410 });
    });

    test("both secrets count during a rotation's overlap, and only the new one after it", async () => {
      const id = await newWebhook(store, customer, { secret: "k:old" });
      await store.rotateSecret(customer, id, "k:new", 1_000);
      expect(await store.getSecrets(customer, id)).toEqual({ current: "k:new", previous: "k:old" });
      opened.clock.now += 1_000;
      expect(await store.getSecrets(customer, id)).toEqual({ current: "k:new", previous: null });
    });

    test("a webhook without a secret gets one without an overlap", async () => {
      const id = await newWebhook(store, customer);
      await store.rotateSecret(customer, id, "k:new", 1_000);
      expect(await store.getSecrets(customer, id)).toEqual({ current: "k:new", previous: null });
    });

    test("replacing a secret ends a rotation at once", async () => {
      const id = await newWebhook(store, customer, { secret: "k:old" });
      await store.rotateSecret(customer, id, "k:new", 1_000);
      await store.updateWebhook(customer, id, { secret: "k:newest" });
      expect(await store.getSecrets(customer, id)).toEqual({ current: "k:newest", previous: null });
    });

    test("the keys that seal secrets are known, and resealing leaves none of an old key", async () => {
      for (const secret of ["old:1", "old:2", "new:3"]) await newWebhook(store, customer, { secret });
      expect((await store.listSealedKeys()).map(({ keyId }) => keyId).sort()).toEqual(["new", "old"]);
      const renew = (secret: string) => secret.replace("old:", "new:");
      expect(await store.reseal("new", 1, renew)).toBe(1);
      expect(await store.reseal("new", 1, renew)).toBe(0);
      expect((await store.listSealedKeys()).map(({ keyId }) => keyId)).toEqual(["new"]);
    });

    test("a platform webhook hears of failing, recovery and failed deliveries, once each", async () => {
      await store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
      await newWebhook(store, customer);
      await publish(store, customer);
      const kinds = async (status: number) => {
        const claims = await turn(opened, status);
        return claims.map(({ event }) => event.type).filter((type) => type !== "search_completed");
      };
      await kinds(500);
      opened.clock.now += 10_000;
      expect(await kinds(500)).toEqual(["webhook.failing"]);
      opened.clock.now += 10 * 60_000;
      await kinds(200);
      opened.clock.now += 10_000;
      expect(await kinds(200)).toEqual(["webhook.recovered"]);
      expect((await store.publishEvents([newEvent("00000000-0000-7000-8000-000000000000")])).kind).toBe(
        "unknown_customer",
      );
    });

    test("nothing goes to a platform webhook that was removed, until there is one again", async () => {
      const target = { url: "https://platform.example/hook", seal: () => null };
      await store.setSystemWebhook(target);
      await newWebhook(store, customer);
      await publish(store, customer);
      await turn(opened, 500);
      await store.setSystemWebhook(null);
      expect(await claim(store)).toEqual([]);
      await store.setSystemWebhook(target);
      expect((await claim(store)).map(({ event }) => event.type)).toEqual(["webhook.failing"]);
    });
  });
}
