import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { minute, newCustomer, newEvent, newWebhook, type Open } from "../contract.kit";
import { webhookScene } from "./scene.kit";

/** The numbers of the charts. */
export function rollups(open: Open): void {
  const { store, clock, customer, webhook, publish, turn, openBreaker } = webhookScene(open);
  const startOf = (time: number) => Math.floor(time / minute) * minute;

  test("the charts' numbers are those of the attempts", async () => {
    await publish(3);
    await turn(200);
    await publish();
    await turn("timeout");
    const rollups = await store.listRollups(customer, 0, "hour");
    const sum = (name: "delivered" | "failed") =>
      rollups.reduce((total, { rollup }) => total + rollup[name], 0);
    expect([sum("delivered"), sum("failed")]).toEqual([3, 1]);
    expect(rollups[0]?.rollup.codes).toMatchObject({ 200: 3 });
  });

  test("the rollups of a webhook come in the order of time, and those of other customers not at all", async () => {
    const other = await newCustomer(store);
    await newWebhook(store, other);
    await store.publishEvents([newEvent(other)]);
    for (let n = 0; n < 3; n += 1) {
      await publish();
      await turn(200);
      clock.now += minute;
    }
    const rollups = await store.listRollups(customer, startOf(clock.now) - 2 * minute, "minute");
    const expected = [2, 1].map((age) => ({ webhookId: webhook, start: startOf(clock.now) - age * minute }));
    expect(rollups.map(({ webhookId, start }) => ({ webhookId, start }))).toEqual(expected);
  });

  test("the totals are those of all customers", async () => {
    const other = await newCustomer(store);
    await store.deleteWebhook(other, await newWebhook(store, other), ann);
    await openBreaker();
    await publish();
    await store.ping();
    expect(await store.countTotals()).toMatchObject({
      customers: 2,
      webhooks: 1,
      pending: 6,
      oldestDueAgeMs: 0,
      openBreakers: 1,
    });
  });
}
