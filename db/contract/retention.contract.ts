import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { day, hour, minute, type Open } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

/** What is over goes, what is not stays. */
export function retention(open: Open): void {
  const { store, clock, jump, customer, webhook, publish, claim, record, turn, delivery } =
    webhookScene(open);
  const settle = async () => {
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
  };

  test("what waits longer than deliveries are kept ends as expired, and goes later", async () => {
    const [id = ""] = await publish();
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    clock.now += 31 * day;
    await settle();
    expect((await delivery(id)).delivery).toMatchObject({ status: "failed", error: { code: "expired" } });
    clock.now += 31 * day;
    await settle();
    expect(await store.getEvent(customer, id)).toBeNull();
  });

  test("retention removes nothing that has not ended", async () => {
    const [ended = "", waiting = ""] = await publish(2);
    const claims = await claim();
    const ofEvent = (id: string) => only(claims.filter(({ event }) => event.id === id));
    expect(await record(ofEvent(ended), 200)).toEqual(["recorded"]);
    await store.releaseDeliveries([ofEvent(waiting)]);
    clock.now += 31 * day;
    await store.redeliver(customer, webhook, waiting, ann);
    await settle();
    expect(await store.getEvent(customer, ended)).toBeNull();
    expect(await store.getEvent(customer, waiting)).not.toBeNull();
  });

  test("what was dated ahead by a wrong clock keeps nothing behind it, and goes with it", async () => {
    await settle();
    jump(400 * day);
    const [ahead = ""] = await publish();
    await turn(200);
    jump(-400 * day);
    const [behind = ""] = await publish();
    await turn(200);
    clock.now += 29 * day;
    await settle();
    expect(await store.getEvent(customer, ahead)).not.toBeNull();
    expect(await store.getEvent(customer, behind)).not.toBeNull();
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      clock.now += 2 * day;
      await settle();
    }
    expect(await store.getEvent(customer, behind)).toBeNull();
    expect(await store.getEvent(customer, ahead)).toBeNull();
  });

  test("what was dated back by a wrong clock is kept as long as what came with it", async () => {
    await publish();
    jump(-400 * day);
    const [id = ""] = await publish();
    jump(400 * day);
    await settle();
    expect((await delivery(id)).delivery.status).toBe("pending");
  });

  test("a clock that jumps ahead for a moment ends and removes nothing", async () => {
    const [ended = "", waiting = ""] = await publish(2);
    await record(only(await claim({ slots: 1 })), 200);
    await settle();
    jump(40 * day);
    await settle();
    for (let minutes = 0; minutes < 5; minutes += 1) {
      clock.now += minute;
      await settle();
    }
    expect(clock.doubts).toMatchObject([{ aheadMs: 40 * day, lastsMs: day }]);
    jump(-40 * day);
    clock.now += minute;
    await settle();
    expect(clock.doubts.at(-1)).toBeNull();
    for (const id of [ended, waiting]) expect(await store.getEvent(customer, id)).not.toBeNull();
    const statuses = [(await delivery(ended)).delivery.status, (await delivery(waiting)).delivery.status];
    expect(statuses.sort()).toEqual(["delivered", "pending"]);
  });

  test("a clock that stays ahead for a day is believed", async () => {
    const [id = ""] = await publish();
    await turn(200);
    await settle();
    jump(40 * day);
    for (let hours = 0; hours <= 24; hours += 1) {
      await settle();
      clock.now += hour;
    }
    expect(await store.getEvent(customer, id)).not.toBeNull();
    await settle();
    expect(await store.getEvent(customer, id)).toBeNull();
    expect(clock.doubts.at(-1)).toBeNull();
  });

  test("a retry that a clock ahead put off for a year is due again when the clock is put back", async () => {
    const [id = ""] = await publish();
    jump(400 * day);
    await turn(500);
    jump(-400 * day);
    await settle();
    clock.now += minute;
    await settle();
    expect((await turn(200)).map(({ event }) => event.id)).toEqual([id]);
  });

  test("a retry that waits as long as a rule lets it is not made due", async () => {
    const [id = ""] = await publish();
    await turn(503, { "retry-after": "86400" });
    clock.now += 2 * minute;
    await settle();
    expect(await claim()).toEqual([]);
    expect((await delivery(id)).delivery.status).toBe("pending");
  });

  test("retention goes on after a clock that was ahead is put back", async () => {
    const [id = ""] = await publish();
    await turn(200);
    jump(300 * day);
    await settle();
    jump(-300 * day);
    clock.now += 31 * day;
    await settle();
    expect(await store.getEvent(customer, id)).toBeNull();
  });
}
