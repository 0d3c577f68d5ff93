import { expect, test } from "vitest";
import { type Balance, emptyBalance, isBalanced } from "@/domain/delivery/balance";
import { ann } from "../actor.kit";
import { day, newWebhook, type Open, scheduleMs } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

/** What matched, and what became of it: the numbers are true after whatever moves a delivery. */
export function balance(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, record, turn } = webhookScene(open);
  const settle = async (retentionMs = 30 * day) => {
    while (await store.maintain({ retentionMs, longestPauseMs: day }));
  };
  const all = async () => {
    const { webhooks, former } = await store.getBalance(customer);
    for (const { balance } of webhooks) expect(isBalanced(balance)).toBe(true);
    expect(isBalanced(former)).toBe(true);
    return { byId: new Map(webhooks.map((each) => [each.webhookId, each.balance])), former };
  };
  const of = async (id = webhook) => (await all()).byId.get(id);
  const is = (part: Partial<Balance>) => ({ ...emptyBalance(), ...part });
  const failAll = async () => {
    await turn(500);
    for (const delayMs of scheduleMs) {
      clock.now += 2 * delayMs;
      while ((await turn(500)).length > 0) clock.now += day / 100;
    }
  };

  test("a new webhook has matched nothing", async () => {
    expect(await store.getBalance(customer)).toEqual({
      webhooks: [{ webhookId: webhook, balance: emptyBalance() }],
      former: emptyBalance(),
    });
  });

  test("what is published waits, and then counts as it ends", async () => {
    await publish(3);
    expect(await of()).toEqual(is({ matched: 3, waiting: 3 }));
    const [first, second] = await claim({ slots: 2 });
    if (first) await record(first, 200);
    if (second) await record(second, 410);
    expect(await of()).toEqual(is({ matched: 3, delivered: 1, failed: 1, waiting: 1 }));
  });

  test("an event that is published again counts once", async () => {
    const event = { customer, id: "e", type: "search_completed", dataJson: "{}", contentHash: "c" };
    await store.publishEvents([event, event]);
    await store.publishEvents([event]);
    expect(await of()).toEqual(is({ matched: 1, waiting: 1 }));
  });

  test("an attempt that is tried again moves nothing", async () => {
    await publish();
    await turn(500);
    expect(await of()).toEqual(is({ matched: 1, waiting: 1 }));
  });

  test("a stale worker's record moves nothing", async () => {
    await publish();
    const claimed = only(await claim());
    clock.now += day / 24;
    await record(only(await claim()), 200);
    expect(await record(claimed, 200)).toEqual(["lease_lost"]);
    expect(await of()).toEqual(is({ matched: 1, delivered: 1 }));
  });

  test("tests count for nothing", async () => {
    const about = { customerId: customer, webhookId: webhook, dataJson: "{}" };
    await store.createTest({ ...about, eventId: "test", type: "search_completed" }, ann);
    await turn(200);
    expect(await of()).toEqual(emptyBalance());
  });

  test("what is cancelled counts as that", async () => {
    await publish(4);
    await store.cancelPending(customer, webhook, ann);
    expect(await of()).toEqual(is({ matched: 4, cancelled: 4 }));
  });

  test.each([
    ["delivered", 200],
    ["failed", 410],
  ] as const)("one that was %s waits again when somebody sends it again", async (end, status) => {
    const [id = ""] = await publish();
    await turn(status);
    expect(await of()).toEqual(is({ matched: 1, [end]: 1 }));
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    await store.redeliver(customer, webhook, id, ann);
    expect(await of()).toEqual(is({ matched: 1, waiting: 1 }));
    await store.redeliver(customer, webhook, id, ann);
    await turn(200);
    expect(await of()).toEqual(is({ matched: 1, delivered: 1 }));
  });

  test("what failed and is recovered waits again", async () => {
    await publish(2);
    await failAll();
    expect(await of()).toEqual(is({ matched: 2, failed: 2 }));
    const range = { since: 0, until: null, include: ["failed" as const] };
    await store.startRecovery({ id: "r", customerId: customer, webhookId: webhook, ...range }, ann);
    await settle();
    expect(await of()).toEqual(is({ matched: 2, waiting: 2 }));
  });

  test("what matches while the webhook is off is missed, until it is recovered", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    await publish(3);
    await store.publishEvents([
      { customer, id: "other", type: "flow_run_failed", dataJson: "{}", contentHash: "c" },
    ]);
    expect(await of()).toEqual(is({ matched: 3, missed: 3 }));
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    const range = { since: 0, until: null, include: ["missed" as const] };
    await store.startRecovery({ id: "r", customerId: customer, webhookId: webhook, ...range }, ann);
    await settle();
    expect(await of()).toEqual(is({ matched: 3, waiting: 3 }));
    await turn(200);
    expect(await of()).toEqual(is({ matched: 3, delivered: 3 }));
  });

  test("what is older than a webhook matches it only once it is recovered", async () => {
    await publish(2);
    clock.now += 1;
    const younger = await newWebhook(store, customer);
    expect(await of(younger)).toEqual(emptyBalance());
    const range = { since: 0, until: null, include: ["missed" as const] };
    await store.startRecovery({ id: "r", customerId: customer, webhookId: younger, ...range }, ann);
    await settle();
    expect(await of(younger)).toEqual(is({ matched: 2, waiting: 2 }));
  });

  test("what waits too long counts as failed", async () => {
    await publish(2);
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    clock.now += 31 * day;
    await settle();
    expect(await of()).toEqual(is({ matched: 2, failed: 2 }));
  });

  test("one that loses every worker counts as failed", async () => {
    await publish();
    for (let lost = 0; lost < 6; lost += 1) {
      await claim();
      clock.now += day / 24;
    }
    expect(await claim()).toEqual([]);
    expect(await of()).toEqual(is({ matched: 1, failed: 1 }));
  });

  test("what retention removes stays counted as it ended", async () => {
    await publish(2);
    await turn(200);
    await publish();
    await store.cancelPending(customer, webhook, ann);
    await publish();
    await turn(410); // which switches it off
    await publish(2);
    const before = is({ matched: 6, delivered: 2, failed: 1, cancelled: 1, missed: 2 });
    expect(await of()).toEqual(before);
    clock.now += 31 * day;
    await settle();
    expect((await store.listEvents(customer, { pageSize: 10 })).items).toEqual([]);
    expect(await of()).toEqual(before);
  });

  test("the numbers of a deleted webhook stay its customer's", async () => {
    const other = await newWebhook(store, customer);
    await publish(3);
    const claims = await claim();
    const [flying, ...rest] = claims.filter((each) => each.webhook.id === webhook);
    for (const each of claims.filter((each) => each.webhook.id === other)) await record(each, 200);
    await store.releaseDeliveries(rest);
    await store.deleteWebhook(customer, webhook, ann);
    expect((await all()).former).toEqual(is({ matched: 3, waiting: 3 }));
    if (flying) await record(flying, 200);
    expect((await all()).former).toEqual(is({ matched: 3, delivered: 1, waiting: 2 }));
    await settle();
    expect((await all()).former).toEqual(is({ matched: 3, delivered: 1, cancelled: 2 }));
    await store.deleteWebhook(customer, other, ann);
    clock.now += 31 * day;
    await settle();
    expect(await store.getBalance(customer)).toEqual({
      webhooks: [],
      former: is({ matched: 6, delivered: 4, cancelled: 2 }),
    });
  });

  test("what a webhook missed stays its customer's when it is deleted, and when that is removed", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    await publish(2);
    await store.deleteWebhook(customer, webhook, ann);
    expect((await all()).former).toEqual(is({ matched: 2, missed: 2 }));
    clock.now += 31 * day;
    await settle();
    expect((await all()).former).toEqual(is({ matched: 2, missed: 2 }));
  });

  test("what waits of a deleted webhook counts as failed when it is too old", async () => {
    await publish();
    const flying = only(await claim({ leaseMs: 40 * day }));
    await store.deleteWebhook(customer, webhook, ann);
    await settle();
    expect((await all()).former).toEqual(is({ matched: 1, waiting: 1 }));
    await record(flying, 500);
    clock.now += 31 * day;
    await settle();
    expect((await all()).former).toMatchObject({ matched: 1, waiting: 0 });
  });

  test("nobody sees the numbers of another customer", async () => {
    await publish();
    const other = await store.createCustomer({ id: "other", name: "Other", externalId: null }, ann);
    expect(other).not.toBe("external_id_taken");
    expect(await store.getBalance("other")).toEqual({ webhooks: [], former: emptyBalance() });
    expect(await store.getBalance("nobody")).toEqual({ webhooks: [], former: emptyBalance() });
  });
}
