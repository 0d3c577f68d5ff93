import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { day, hour, minute, newCustomer, type Open } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

/** A pause holds, misses nothing, and ends when it should. */
export function pausing(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, turn, record, health, delivery, openBreaker } =
    webhookScene(open);
  const pause = (until: number | null = null) => store.pauseWebhook(customer, webhook, until, ann);
  const resume = () => store.resumeWebhook(customer, webhook, ann);
  const heldOf = async (id: string) => (await delivery(id)).delivery;
  const retention = { retentionMs: 30 * day, longestPauseMs: day };

  test("what waits and what comes is held, and goes out from one at a time when it is resumed", async () => {
    const [before = ""] = await publish();
    expect(await pause()).toMatchObject({ isActive: true, pause: { at: clock.now, until: null } });
    const [meanwhile = ""] = await publish();
    expect(await claim()).toEqual([]);
    expect(await store.nextDueInMs()).toBeNull();
    for (const id of [before, meanwhile]) {
      expect(await heldOf(id)).toMatchObject({ status: "pending", held: "paused", nextAttemptAt: null });
    }
    expect(await health()).toMatchObject({ pendingCount: 2, waitingSince: clock.now });
    expect(await resume()).toMatchObject({ pause: null });
    expect(only(await claim()).event.id).toBe(before);
    expect(await heldOf(meanwhile)).toMatchObject({ held: null });
  });

  test("an end that is given comes to the millisecond, whether anything else happens or not", async () => {
    await publish(2);
    const until = clock.now + hour;
    await pause(until);
    expect(await store.nextDueInMs()).toBe(hour);
    clock.now = until - 1;
    expect(await claim()).toEqual([]);
    expect(await health()).toMatchObject({ pause: { until } });
    clock.now = until;
    expect(await health()).toMatchObject({ pause: null });
    const claimed = only(await claim());
    expect(claimed.webhook).toMatchObject({ isDraining: true });
  });

  test("one that is over is seen to be so before any worker has come by", async () => {
    const [id = ""] = await publish();
    await pause(clock.now + minute);
    expect(await heldOf(id)).toMatchObject({ held: "paused", nextAttemptAt: clock.now + minute });
    clock.now += minute;
    expect(await heldOf(id)).toMatchObject({ held: null });
    expect(await store.nextDueInMs()).toBe(0);
  });

  test("pausing again changes the end, and not the beginning", async () => {
    const at = clock.now;
    await pause(at + minute);
    clock.now += 1_000;
    expect(await pause(at + hour)).toMatchObject({ pause: { at, until: at + hour } });
    await publish();
    clock.now = at + minute;
    expect(await claim()).toEqual([]);
    expect(await pause()).toMatchObject({ pause: { at, until: null } });
    clock.now = at + hour;
    expect(await claim()).toEqual([]);
  });

  test("resuming what is not paused changes nothing", async () => {
    await openBreaker();
    const before = await health();
    expect(await resume()).toEqual(before);
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    expect(await resume()).toMatchObject({ isActive: false });
    await publish();
    expect(await claim()).toEqual([]);
  });

  test("one that is off cannot be paused, and another customer's is not there", async () => {
    const other = await newCustomer(store);
    expect(await store.pauseWebhook(other, webhook, null, ann)).toBeNull();
    expect(await store.resumeWebhook(other, webhook, ann)).toBeNull();
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    expect(await pause()).toBe("inactive");
  });

  test("switching it off ends the pause, whoever does", async () => {
    await pause(clock.now + hour);
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    expect(await health()).toMatchObject({ isActive: false, pause: null });
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    await publish();
    const claimed = only(await claim());
    await pause();
    await record(claimed, 410);
    expect(await health()).toMatchObject({ isActive: false, pause: null });
  });

  test("deleting it does too", async () => {
    await pause(clock.now + hour);
    await store.deleteWebhook(customer, webhook, ann);
    expect(await store.nextDueInMs()).toBeNull();
    clock.now += hour;
    expect(await claim()).toEqual([]);
  });

  test("a new URL, a new secret and words leave it paused, and it drains all the same", async () => {
    await openBreaker();
    await pause();
    await store.updateWebhook(customer, webhook, { url: "https://receiver.example/new" }, ann);
    await store.rotateSecret(customer, webhook, "k:new", 0, ann);
    await store.updateWebhook(customer, webhook, { description: "Ours", isActive: true }, ann);
    clock.now += hour;
    expect(await claim()).toEqual([]);
    expect(await health()).toMatchObject({ pause: expect.anything(), breaker: null });
    await resume();
    expect(only(await claim())).toMatchObject({ reason: "scheduled", webhook: { isDraining: true } });
  });

  test("the breaker and the countdown stay as they are, and the time of it is silence", async () => {
    await openBreaker();
    const before = await health();
    await pause();
    clock.now += 20 * hour;
    expect(await health()).toMatchObject({ breaker: before.breaker, countdown: before.countdown });
    await resume();
    expect(await health()).toMatchObject({ breaker: before.breaker });
    expect(only(await turn(500))).toMatchObject({ reason: "probe" });
    const { countdown } = await health();
    expect(countdown).toMatchObject({ failures: 6, coveredMs: before.countdown?.coveredMs });
  });

  test("what was in flight ends as it ends, and its retry is held", async () => {
    const [id = ""] = await publish();
    const claimed = only(await claim());
    await pause();
    expect(await record(claimed, 500)).toEqual(["recorded"]);
    clock.now += hour;
    expect(await claim()).toEqual([]);
    expect(await heldOf(id)).toMatchObject({ attemptCount: 1, held: "paused" });
  });

  test("what loses its worker meanwhile waits like the rest", async () => {
    const [id = ""] = await publish();
    await claim();
    await pause();
    await store.endWorker("worker");
    clock.now += hour;
    expect(await claim()).toEqual([]);
    expect(await heldOf(id)).toMatchObject({ held: "paused", inFlight: false });
    await resume();
    expect(only(await claim()).number).toBe(2);
  });

  test("a test goes out all the same, and holds nothing back", async () => {
    await pause();
    const test = { customerId: customer, webhookId: webhook, eventId: "a-test", dataJson: "{}" };
    await store.createTest({ ...test, type: "search_completed" }, ann);
    expect(only(await claim())).toMatchObject({ isTest: true });
    expect(await heldOf("a-test")).toMatchObject({ held: null });
  });

  test("a redelivery and a recovery are accepted, and held", async () => {
    const [failed = "", again = ""] = await publish(2);
    await turn({ code: "internal", message: "Broken" });
    await store.cancelPending(customer, webhook, ann);
    await store.redeliver(customer, webhook, failed, ann);
    await turn(410);
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    await pause();
    expect(await store.redeliver(customer, webhook, again, ann)).toBe("due");
    const range = { since: 0, until: null, include: ["failed" as const] };
    const asked = { id: "a-recovery", customerId: customer, webhookId: webhook, ...range };
    expect(await store.startRecovery(asked, ann)).toMatchObject({ total: 1 });
    while (await store.maintain(retention));
    for (const id of [failed, again]) {
      expect(await heldOf(id)).toMatchObject({ status: "pending", held: "paused" });
    }
    expect(await claim()).toEqual([]);
    await resume();
    expect(await claim()).toHaveLength(1);
  });

  test("what waits can be cancelled, and ends as expired when it waits longer than it is kept", async () => {
    await publish();
    await pause();
    expect(await store.cancelPending(customer, webhook, ann)).toBe(1);
    expect(await health()).toMatchObject({ pendingCount: 0, waitingSince: null });
    const [id = ""] = await publish();
    clock.now += 31 * day;
    while (await store.maintain(retention));
    expect(await heldOf(id)).toMatchObject({ status: "failed", error: { code: "expired" }, held: null });
    expect(await health()).toMatchObject({ pendingCount: 0, waitingSince: null });
  });

  test("the longest wait counts from the redelivery of what had ended", async () => {
    const [oldest = ""] = await publish();
    await store.cancelPending(customer, webhook, ann);
    await pause();
    clock.now += hour;
    await publish();
    const since = clock.now;
    clock.now += hour;
    await store.redeliver(customer, webhook, oldest, ann);
    expect(await health()).toMatchObject({ waitingSince: since });
  });

  test("the longest wait is that of what was tried or of what was not, whichever is older", async () => {
    const first = clock.now;
    await publish();
    clock.now += minute;
    const second = clock.now;
    await publish();
    const [oldest] = await claim({ slots: 1 });
    if (!oldest) throw new Error("Nothing was claimed.");
    await record(oldest, 503);
    expect(await health()).toMatchObject({ pendingCount: 2, waitingSince: first });
    clock.now += hour;
    const again = (await claim()).find(({ delivery }) => delivery === oldest.delivery);
    if (!again) throw new Error("It was not claimed again.");
    await record(again, 200);
    expect(await health()).toMatchObject({ pendingCount: 1, waitingSince: second });
  });
}
