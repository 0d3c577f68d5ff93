import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { day, hour, newCustomer, newWebhook, type Open } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

/** What waits is held, drained and cancelled. */
export function holding(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, turn, record, health, delivery } =
    webhookScene(open);

  test("deactivation holds what waits, and activation lets it go", async () => {
    const [id = ""] = await publish();
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    expect(await claim()).toEqual([]);
    expect((await delivery(id)).delivery).toMatchObject({ status: "pending", held: "inactive" });
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    expect(await claim()).toHaveLength(1);
  });

  test("what is due beside requests of its customer waits for a place, and not in its first second", async () => {
    const [first = "", second = ""] = await publish(2);
    const inFlight = only(await claim({ slots: 1 }));
    const waiting = inFlight.event.id === first ? second : first;
    const heldOf = async () => (await delivery(waiting)).delivery.held;
    clock.now += 999;
    expect(await heldOf()).toBeNull();
    clock.now += 1;
    expect(await heldOf()).toBe("limit");
    const { items = [] } = (await store.listDeliveries(customer, { content: false, pageSize: 9 })) ?? {};
    expect(items.map(({ held }) => held).sort()).toEqual(["limit", null]);
    await record(inFlight, 200);
    expect(await heldOf()).toBeNull();
  });

  test("requests of another customer, or of tests, keep nobody from a place", async () => {
    const other = await newCustomer(store);
    await newWebhook(store, other);
    await publish(1, other);
    await store.createTest(
      {
        customerId: customer,
        webhookId: webhook,
        eventId: "a-test",
        type: "search_completed",
        dataJson: "{}",
      },
      ann,
    );
    expect(await claim()).toHaveLength(2);
    const [id = ""] = await publish();
    clock.now += 2_000;
    expect((await delivery(id)).delivery.held).toBeNull();
  });

  test("a drain takes the newest every fourth time", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    const ids: string[] = [];
    for (let n = 0; n < 12; n += 1) {
      ids.push(...(await publish()));
      clock.now += 1;
    }
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    const order: number[] = [];
    for (let n = 0; n < 4; n += 1) order.push(ids.indexOf(only(await claim()).event.id));
    expect(order).toEqual([0, 1, 2, 11]);
  });

  test("a deleted webhook's deliveries are cancelled and nothing more is claimed", async () => {
    const [id = ""] = await publish();
    const inFlight = only(await claim());
    await publish();
    await store.deleteWebhook(customer, webhook, ann);
    expect(await claim()).toEqual([]);
    while (await store.maintain({ retentionMs: day, longestPauseMs: day }));
    expect(await record(inFlight, 500)).toEqual(["recorded"]);
    while (await store.maintain({ retentionMs: day, longestPauseMs: day }));
    const trace = (await store.getEvent(customer, id))?.traces[0];
    expect(trace?.delivery?.status).toBe("cancelled");
  });

  test("cancelling ends what waits, and leaves what is in flight", async () => {
    await publish(3);
    const inFlight = only(await claim({ slots: 1 }));
    expect(await store.cancelPending(customer, webhook, ann)).toBe(2);
    expect((await health()).pendingCount).toBe(1);
    expect(await record(inFlight, 200)).toEqual(["recorded"]);
    expect((await health()).pendingCount).toBe(0);
  });

  test("cancelling leaves what was in flight when it was asked for, also when the lease ends meanwhile", async () => {
    await publish(2);
    const inFlight = only(await claim({ slots: 1 }));
    const cancelling = store.cancelPending(customer, webhook, ann);
    clock.now += hour;
    expect(await cancelling).toBe(1);
    expect(await record(inFlight, 200)).toEqual(["recorded"]);
  });

  test("what was accepted before the clock was put back can be cancelled and recovered", async () => {
    const [failed = ""] = await publish(2);
    await store.cancelPending(customer, webhook, ann);
    await store.redeliver(customer, webhook, failed, ann);
    await turn(410);
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    await publish();
    clock.now -= hour;
    expect(await store.cancelPending(customer, webhook, ann)).toBe(1);
    const range = { since: 0, until: null, include: ["failed" as const] };
    expect(await store.countRecoverable(customer, webhook, range)).toMatchObject({
      count: 1,
      isComplete: true,
    });
  });
}
