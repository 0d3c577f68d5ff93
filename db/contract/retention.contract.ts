import { expect, test } from "vitest";
import { day, type Open } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

/** What is over goes, what is not stays. */
export function retention(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, record, delivery } = webhookScene(open);
  const settle = async () => {
    while (await store.maintain({ retentionMs: 30 * day }));
  };

  test("what waits longer than deliveries are kept ends as expired, and goes later", async () => {
    const [id = ""] = await publish();
    await store.updateWebhook(customer, webhook, { isActive: false });
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
    await store.redeliver(customer, webhook, waiting);
    await settle();
    expect(await store.getEvent(customer, ended)).toBeNull();
    expect(await store.getEvent(customer, waiting)).not.toBeNull();
  });
}
