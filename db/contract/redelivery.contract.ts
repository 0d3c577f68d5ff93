import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { attempt, day, minute, type Open, scheduleMs } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

/** What becomes of a redelivery that is asked for while an attempt is in flight, or while the breaker is open. */
export function redelivery(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, turn, record, health, delivery, openBreaker } =
    webhookScene(open);
  const redeliver = (id: string) => store.redeliver(customer, webhook, id, ann);
  /** The last attempt that the schedule has for a new delivery. */
  const lastAttempt = async () => {
    const [id = ""] = await publish();
    for (const delayMs of scheduleMs) {
      await turn(500);
      clock.now += delayMs;
    }
    return { id, last: only((await claim()).filter(({ event }) => event.id === id)) };
  };

  test("after the last attempt failed it goes out at once, with a fresh schedule", async () => {
    const { id, last } = await lastAttempt();
    expect(await redeliver(id)).toBe("due");
    expect(await claim()).toEqual([]);
    await record(last, 500);
    expect((await delivery(id)).delivery).toMatchObject({ status: "pending", endedAt: null });
    expect(await health()).toMatchObject({ pendingCount: 1 });
    expect(only(await claim())).toMatchObject({ number: 5, tries: 0, reason: "manual" });
  });

  test("once asked for, it goes out once", async () => {
    const { id, last } = await lastAttempt();
    await redeliver(id);
    await redeliver(id);
    await record(last, 500);
    await record(only(await claim()), 500);
    expect(await claim()).toEqual([]);
    clock.now += scheduleMs[0] ?? 0;
    expect(only(await claim())).toMatchObject({ tries: 1, reason: "scheduled" });
  });

  test("the platform does not hear that it failed", async () => {
    await store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
    const { id, last } = await lastAttempt();
    await redeliver(id);
    await record(last, 500);
    const events = (await claim()).map(({ event }) => event.type);
    expect(events).toEqual(["search_completed"]);
    expect(await store.countTotals()).toMatchObject({ pending: 2 }); // and what tells that it is failing
  });

  test("after an earlier attempt failed it is due at once, and the schedule goes on", async () => {
    const [id = ""] = await publish();
    const first = only(await claim());
    await redeliver(id);
    await record(first, 500);
    expect(only(await claim())).toMatchObject({ number: 2, tries: 1, reason: "manual" });
  });

  test("after a success nothing more is sent", async () => {
    const [id = ""] = await publish();
    const first = only(await claim());
    await redeliver(id);
    await record(first, 200);
    expect(await claim()).toEqual([]);
    expect((await delivery(id)).delivery.status).toBe("delivered");
    await redeliver(id);
    await record(only(await claim()), 500);
    expect(await claim()).toEqual([]);
  });

  test("after an attempt that was not sent after all it is due", async () => {
    const [id = ""] = await publish();
    await turn(500);
    clock.now += scheduleMs[0] ?? 0;
    const unsent = only(await claim());
    await redeliver(id);
    await store.releaseDeliveries([unsent]);
    expect(only(await claim())).toMatchObject({ number: 2, tries: 1, reason: "manual" });
  });

  test("after the fifth lost attempt in a row it goes out all the same", async () => {
    const [id = ""] = await publish();
    for (let n = 0; n < 4; n += 1) {
      await claim();
      clock.now += 25_000;
    }
    await claim();
    await redeliver(id);
    clock.now += 25_000;
    expect(only(await claim())).toMatchObject({ number: 6, reason: "manual" });
    clock.now += 25_000;
    expect(only(await claim())).toMatchObject({ number: 7 });
  });

  test("after a failed probe it is the next one, at once", async () => {
    const [first = ""] = await openBreaker();
    clock.now += 10_000;
    const probe = only(await claim());
    await redeliver(first);
    await record(probe, 500);
    expect(only(await claim())).toMatchObject({ reason: "probe", event: { id: first } });
  });

  test("while the breaker is open it is the next probe, at once, and uses up nothing", async () => {
    const events = await openBreaker();
    await publish();
    const asked = events[3] ?? "";
    await redeliver(asked);
    const probe = only(await claim());
    expect(probe).toMatchObject({ reason: "probe", number: 2, isAsked: true, event: { id: asked } });
    await record(probe, 500);
    expect((await delivery(asked)).delivery.tries).toBe(1);
    expect(await claim()).toEqual([]);
    expect((await health()).breaker?.probeAt).toBe(clock.now + 10_000);
  });

  test("what had ended goes out past an open breaker too, with a fresh schedule", async () => {
    const { id, last } = await lastAttempt();
    await record(last, 500);
    await openBreaker();
    await redeliver(id);
    expect(only(await claim())).toMatchObject({ reason: "probe", number: 5, tries: 0, event: { id } });
  });

  test("several that are asked for go one after the other, in the order in which they were", async () => {
    const [first = "", second = ""] = await openBreaker();
    await redeliver(second);
    clock.now += 1;
    await redeliver(first);
    for (const id of [second, first]) {
      const probe = only(await claim());
      expect([probe.event.id, await claim()]).toEqual([id, []]);
      await record(probe, 500);
    }
    expect(await claim()).toEqual([]);
  });

  test("beside a probe in flight nothing goes out, and right after it what was asked for does", async () => {
    const events = await openBreaker();
    clock.now += 10_000;
    const probe = only(await claim());
    const asked = events.find((id) => id !== probe.event.id) ?? "";
    await redeliver(asked);
    expect(await claim()).toEqual([]);
    await record(probe, 500);
    expect(only(await claim()).event.id).toBe(asked);
  });

  test("so it does when the probe's worker is gone, or gives it back", async () => {
    const events = await openBreaker();
    for (const giveBack of [false, true]) {
      clock.now += 10 * minute;
      const probe = only(await claim({ workerId: "gone" }));
      const asked = events.find((id) => id !== probe.event.id) ?? "";
      await redeliver(asked);
      if (giveBack) await store.releaseDeliveries([probe]);
      else await store.endWorker("gone");
      const next = only(await claim());
      expect(next.event.id).toBe(asked);
      await record(next, 500);
    }
  });

  test("what is given back unsent is still asked for", async () => {
    const [, , asked = ""] = await openBreaker();
    await redeliver(asked);
    await store.releaseDeliveries([only(await claim())]);
    expect(only(await claim())).toMatchObject({ reason: "probe", event: { id: asked } });
  });

  test("during an attempt of before the breaker opened it is a probe once that failed", async () => {
    const [id = ""] = await publish();
    const early = only(await claim());
    await openBreaker();
    await redeliver(id);
    await record(early, 500);
    expect(only(await claim())).toMatchObject({ reason: "probe", number: 2, event: { id } });
  });

  test("what was asked for before the breaker opened goes out all the same", async () => {
    const [id = ""] = await publish();
    await turn(500);
    await publish(4);
    const others = await claim();
    await redeliver(id);
    await store.recordAttempts(others.map((each) => attempt(each, 500, clock.now)));
    expect((await health()).breaker).not.toBeNull();
    expect(only(await claim())).toMatchObject({ reason: "probe", event: { id } });
  });

  test("what a recovery sends again waits for its turn", async () => {
    const { last } = await lastAttempt();
    await record(last, 500);
    await openBreaker();
    const range = { since: 0, until: null, include: ["failed" as const] };
    await store.startRecovery({ id: "r", customerId: customer, webhookId: webhook, ...range }, ann);
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
    expect(await claim()).toEqual([]);
  });

  test("after a 410 it is held, and goes out when the webhook is active again", async () => {
    const [id = ""] = await publish();
    const first = only(await claim());
    await redeliver(id);
    await record(first, 410);
    expect(await health()).toMatchObject({ isActive: false, pendingCount: 1 });
    expect((await delivery(id)).delivery).toMatchObject({ status: "pending", held: "inactive" });
    expect(await claim()).toEqual([]);
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    expect(only(await claim())).toMatchObject({ number: 2, tries: 0, reason: "manual" });
  });

  test("an activation, a new secret and giving up leave it asked for", async () => {
    const { id, last } = await lastAttempt();
    await redeliver(id);
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    await store.rotateSecret(customer, webhook, "k:new", 0, ann);
    expect(await store.cancelPending(customer, webhook, ann)).toBe(0);
    await record(last, 500);
    expect(only(await claim()).number).toBe(5);
  });

  test("a webhook that is deleted meanwhile gets nothing", async () => {
    const { id, last } = await lastAttempt();
    await redeliver(id);
    await store.deleteWebhook(customer, webhook, ann);
    await record(last, 500);
    while (await store.maintain({ retentionMs: day, longestPauseMs: day }));
    expect(await claim()).toEqual([]);
    expect((await store.getEvent(customer, id))?.traces[0]?.delivery?.status).toBe("cancelled");
  });
}
