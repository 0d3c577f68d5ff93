import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { attempt, newCustomer, newWebhook, type Open } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

/** Tests are sent once, whatever holds the webhook, and judge nothing. */
export function tests(open: Open): void {
  const { store, clock, customer, webhook, claim, record, health, delivery, openBreaker } =
    webhookScene(open);
  const sendTest = (eventId: string, url?: string) => {
    const content = { type: "flow_run_failed", dataJson: "{}", url };
    return store.createTest({ customerId: customer, webhookId: webhook, eventId, ...content }, ann);
  };

  /** A new customer who sends so many tests. */
  const testsOf = async (count: number): Promise<string> => {
    const customerId = await newCustomer(store);
    const webhookId = await newWebhook(store, customerId);
    const content = { type: "flow_run_failed", dataJson: "{}" };
    for (let n = 0; n < count; n += 1) {
      await store.createTest({ customerId, webhookId, eventId: randomUUID(), ...content }, ann);
    }
    return customerId;
  };

  test("a test goes out for an inactive webhook, once, and counts to nothing", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    expect(await sendTest("a-test")).toBe("created");
    const claimed = only(await claim({ slots: 0 }));
    expect(claimed).toMatchObject({ isTest: true, reason: "test" });
    await record(claimed, 500);
    expect((await delivery("a-test")).delivery).toMatchObject({ status: "failed", isTest: true });
    expect(await health()).toMatchObject({ lastStatusCode: 500, countdown: null, breaker: null });
    expect(await store.redeliver(customer, webhook, "a-test", ann)).toBe("is_test");
    expect((await store.listEvents(customer, { pageSize: 10 })).items).toEqual([]);
    expect(await store.listRollups(customer, 0, "hour")).toEqual([]);
  });

  test("a successful test closes the breaker", async () => {
    await openBreaker();
    await sendTest("a-test");
    await record(only(await claim()), 200);
    expect((await health()).breaker).toBeNull();
  });

  test.each([200, 410])(
    "a test of another URL goes there, and a %d says nothing of the webhook",
    async (code) => {
      await openBreaker();
      const before = await health();
      clock.now += 1_000;
      const url = "https://new.example/hook";
      await sendTest("a-trial", url);
      const claimed = only(await claim({ slots: 0 }));
      expect(claimed).toMatchObject({ isTest: true, isTrial: true, webhook: { url } });
      await record(claimed, code);
      expect((await delivery("a-trial")).delivery).toMatchObject({ statusCode: code, triedUrl: url });
      expect(await health()).toEqual(before);
    },
  );

  test("a test of no other URL goes to the webhook's", async () => {
    await sendTest("a-test");
    const { url } = await health();
    expect(only(await claim({ slots: 0 }))).toMatchObject({ isTrial: false, webhook: { url } });
    expect((await delivery("a-test")).delivery.triedUrl).toBeNull();
  });

  test("a sixth test at a time is refused", async () => {
    const results = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => sendTest(`test-${n}`)));
    expect(results.filter((result) => result === "created")).toHaveLength(5);
    expect(results).toContain("too_many");
  });

  test("tests take turns by customer, whoever came first", async () => {
    for (const n of [1, 2, 3, 4, 5]) await sendTest(`test-${n}`);
    const neighbour = await testsOf(1);
    const claims = await claim({ slots: 0, testSlots: 16 });
    expect(claims.map(({ webhook: { customerId } }) => customerId).sort()).toEqual(
      [customer, customer, neighbour].sort(),
    );
  });

  test("customers whose tests hang leave places to the tests of others", async () => {
    const testsInFlight = new Map<number, number>();
    let testSlots = 128;
    const claimSome = async () => {
      const claims = await claim({ slots: 0, testSlots, testsInFlight });
      testSlots -= claims.length;
      for (const { webhook: each } of claims) {
        testsInFlight.set(each.customerKey, (testsInFlight.get(each.customerKey) ?? 0) + 1);
      }
      return claims;
    };
    for (let n = 0; n < 28; n += 1) {
      await testsOf(5);
      while ((await claimSome()).length > 0);
    }
    const neighbour = await testsOf(1);
    expect(only(await claimSome()).webhook.customerId).toBe(neighbour);
  });

  test("a test whose worker is lost has failed", async () => {
    await sendTest("a-test");
    await claim();
    clock.now += 25_000;
    expect(await claim()).toEqual([]);
    expect((await delivery("a-test")).delivery).toMatchObject({
      status: "failed",
      error: { code: "worker_lost" },
    });
  });

  test("tests that wait for a webhook that is deleted are given up, and leave their places to others", async () => {
    const other = await newWebhook(store, customer);
    for (const n of [1, 2, 3, 4, 5]) await sendTest(`test-${n}`);
    await store.deleteWebhook(customer, webhook, ann);
    expect(await claim()).toEqual([]);
    expect(await claim()).toEqual([]); // a customer's share of the places at a time
    expect(await store.nextDueInMs()).toBeNull();
    const content = { type: "flow_run_failed", dataJson: "{}" };
    const sixth = { customerId: customer, webhookId: other, eventId: "test-6", ...content };
    expect(await store.createTest(sixth, ann)).toBe("created");
    expect(only(await claim()).event.id).toBe("test-6");
  });

  test("a test that a worker gives back once its webhook is deleted is given up", async () => {
    await sendTest("a-test");
    const claimed = await claim();
    await store.deleteWebhook(customer, webhook, ann);
    await store.releaseDeliveries(claimed);
    expect(await claim()).toEqual([]);
    expect(await store.nextDueInMs()).toBeNull();
  });

  test("a test whose webhook is deleted meanwhile ends when its worker is lost, and nothing is written later", async () => {
    await sendTest("a-test");
    const claimed = only(await claim());
    await store.deleteWebhook(customer, webhook, ann);
    clock.now += 25_000;
    expect(await claim()).toEqual([]);
    expect(await store.recordAttempts([attempt(claimed, 200, clock.now)])).toEqual(["lease_lost"]);
  });
}
