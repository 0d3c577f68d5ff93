import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { attempt, day, hour, minute, newCustomer, newEvent, newWebhook, type Open } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

/** Failures that switch a webhook off, and those that don't. */
export function switchingOff(open: Open): void {
  const scene = webhookScene(open);
  const { store, clock, customer, webhook, publish, claim, turn, record, health, openBreaker } = scene;
  /** One delivery that fails again and again, which opens no breaker. */
  const fail = async (times: number, everyMs: number) => {
    for (let n = 0; n < times; n += 1) {
      if (n > 0) clock.now += everyMs;
      const isKnown = (await store.redeliver(customer, webhook, "failing", ann)) === "due";
      if (!isKnown) await store.publishEvents([newEvent(customer, { id: "failing" })]);
      await record(only(await claim()), 500);
    }
  };
  const isActive = async () => (await health()).isActive;

  test("five days of nothing but failures do, with a reason, and not before", async () => {
    await fail(20, 6 * hour);
    clock.now += 6 * hour - 1;
    await fail(1, 0);
    expect(await isActive()).toBe(true);
    clock.now += 1;
    await fail(1, 0);
    expect(await health()).toMatchObject({
      isActive: false,
      disabledAt: clock.now,
      disabledReason: expect.stringContaining("5 days"),
    });
  });

  test("one after days of silence doesn't", async () => {
    await fail(2, 5 * day);
    expect(await isActive()).toBe(true);
  });

  test("many within a day don't, however long ago the first was", async () => {
    await fail(24, hour);
    clock.now += 5 * day;
    await fail(1, 0);
    expect(await isActive()).toBe(true);
  });

  test("few over many days don't", async () => {
    await fail(19, 12 * hour);
    expect(await isActive()).toBe(true);
    clock.now += 12 * hour;
    await fail(1, 0);
    expect(await isActive()).toBe(false);
  });

  test("those with more than a day between them are silence, those of a receiver that asks for a day are not", async () => {
    await fail(21, 25 * hour);
    expect(await isActive()).toBe(true);
    await store.updateWebhook(customer, webhook, { url: "https://receiver.example/asks" }, ann);
    for (let n = 0; n < 20; n += 1) {
      await publish();
      await turn(503, { "retry-after": "86400" });
      clock.now += day;
    }
    expect(await isActive()).toBe(false);
  });

  test("a success in between starts anew", async () => {
    await fail(20, 6 * hour);
    await publish();
    await turn(200);
    expect(await health()).toMatchObject({ countdown: null });
    clock.now += 6 * hour;
    await fail(20, 6 * hour);
    expect(await isActive()).toBe(true);
  });

  test("a new URL, a new secret and an activation start anew", async () => {
    const renewals = [
      () => store.updateWebhook(customer, webhook, { url: "https://receiver.example/new" }, ann),
      () => store.rotateSecret(customer, webhook, "k:new", 0, ann),
      async () => {
        await store.updateWebhook(customer, webhook, { isActive: false }, ann);
        await store.updateWebhook(customer, webhook, { isActive: true }, ann);
      },
    ];
    for (const renew of renewals) {
      await fail(20, 6 * hour);
      await renew();
      expect(await health()).toMatchObject({ countdown: null });
    }
    expect(await isActive()).toBe(true);
  });

  test("tests don't, nor do they cover a time", async () => {
    await fail(2, hour);
    const { countdown } = await health();
    expect(countdown).toMatchObject({ failures: 2, coveredMs: hour });
    for (let n = 0; n < 21; n += 1) {
      clock.now += 6 * hour;
      const test = { customerId: customer, webhookId: webhook, eventId: `test-${n}`, dataJson: "{}" };
      await store.createTest({ ...test, type: "search_completed" }, ann);
      await record(only(await claim({ slots: 0 })), 500);
    }
    expect(await health()).toMatchObject({ isActive: true, countdown });
  });

  test("probes do", async () => {
    await openBreaker();
    for (let n = 0; n < 20; n += 1) {
      clock.now += 6 * hour;
      expect(await turn(500)).toHaveLength(1);
    }
    expect(await isActive()).toBe(false);
  });

  test("attempts that lose their worker don't", async () => {
    await fail(1, 0);
    await publish();
    await claim();
    clock.now += 5 * day;
    await claim();
    expect(await health()).toMatchObject({ countdown: { failures: 1 }, isActive: true });
  });

  test("a clock that was ahead for a moment starts no countdown in the future", async () => {
    clock.now += 365 * day;
    await fail(2, minute);
    clock.now -= 365 * day;
    await fail(1, 0);
    expect(await health()).toMatchObject({ countdown: { since: clock.now, failures: 1 } });
  });

  test("nothing switches the platform's own webhook off", async () => {
    await store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
    for (let n = 0; n < 22; n += 1) {
      const failing = await newCustomer(store);
      await newWebhook(store, failing);
      await publish(1, failing);
      const claims = await claim();
      const isTold = claims.some(({ event }) => event.type !== "search_completed");
      expect(isTold).toBe(n > 0);
      await store.recordAttempts(claims.map((each) => attempt(each, 500, clock.now)));
      clock.now += 6 * hour;
    }
  });
}
