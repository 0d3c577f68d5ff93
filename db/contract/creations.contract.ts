import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { day, newCustomer, newWebhook, type Open } from "../contract.kit";
import { customerScene } from "./scene.kit";

/** Webhooks that are made once for a key, however often they are asked for. */
export function creations(open: Open): void {
  const { store, clock, customer } = customerScene(open);
  const create = (idempotencyKey: string, digest = "content", customerId = customer) =>
    store.createWebhookOnce(
      {
        id: randomUUID(),
        customerId,
        url: "https://receiver.example/hook",
        secret: null,
        isActive: true,
        events: [],
        conditions: null,
        description: null,
      },
      { idempotencyKey, digest },
      ann,
    );
  const idOf = (made: Awaited<ReturnType<typeof create>>) =>
    typeof made === "string" ? made : made.webhook.id;
  const count = async () => (await store.listWebhooks(customer)).length;

  test("the same key and content answer the webhook as it is now", async () => {
    const made = await create("a");
    expect(made).toMatchObject({ isReplay: false });
    await store.updateWebhook(customer, idOf(made), { description: "edited" }, ann);
    const again = await create("a");
    expect(again).toMatchObject({ isReplay: true, webhook: { id: idOf(made), description: "edited" } });
    expect(await count()).toBe(1);
  });

  test("calls at the same time make one", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => create("a")));
    expect(new Set(all.map(idOf)).size).toBe(1);
    expect(all.filter((made) => typeof made !== "string" && !made.isReplay)).toHaveLength(1);
    expect(await count()).toBe(1);
  });

  test("the same key with another content is refused, and another key makes another", async () => {
    await create("a");
    expect(await create("a", "another")).toBe("key_reused");
    expect(await create("b")).toMatchObject({ isReplay: false });
    expect(await count()).toBe(2);
  });

  test("a key is the customer's own", async () => {
    const stranger = await newCustomer(store);
    const [mine, theirs] = [await create("a"), await create("a", "another", stranger)];
    expect(theirs).toMatchObject({ isReplay: false });
    expect(idOf(theirs)).not.toBe(idOf(mine));
  });

  test("what was refused is not remembered", async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => newWebhook(store, customer)));
    expect(await create("a")).toBe("limit_reached");
    await store.deleteWebhook(customer, ids[0] as string, ann);
    expect(await create("a", "another")).toMatchObject({ isReplay: false });
    expect(await create("a", "another")).toMatchObject({ isReplay: true });
    expect(await create("a", "content", randomUUID())).toBe("not_found");
  });

  test("what was deleted since is not made again", async () => {
    await store.deleteWebhook(customer, idOf(await create("a")), ann);
    expect(await create("a")).toBe("webhook_deleted");
    expect(await count()).toBe(0);
  });

  test("a key is free again after a day, swept or not", async () => {
    const first = idOf(await create("a"));
    await create("b");
    clock.now += day - 1;
    expect(idOf(await create("a"))).toBe(first);
    clock.now += 1;
    expect(await create("a", "another")).toMatchObject({ isReplay: false });
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
    expect(await create("a", "another")).toMatchObject({ isReplay: true });
    expect(await create("b", "another")).toMatchObject({ isReplay: false });
  });
}
