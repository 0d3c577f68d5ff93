import { expect, test } from "vitest";
import { newEvent, newWebhook, type Open } from "../contract.kit";
import type { Claim } from "../store";
import { customerScene } from "./scene.kit";

/** What the platform's own webhook hears. */
export function systemEvents(open: Open): void {
  const { store, clock, customer, publish, claim, turn } = customerScene(open);

  test("a platform webhook hears of failing, recovery and failed deliveries, once each", async () => {
    await store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
    await newWebhook(store, customer);
    await publish();
    const kinds = async (status: number) => {
      const claims = await turn(status);
      return claims.map(({ event }) => event.type).filter((type) => type !== "search_completed");
    };
    await kinds(500);
    clock.now += 10_000;
    expect(await kinds(500)).toEqual(["webhook.failing"]);
    clock.now += 10 * 60_000;
    await kinds(200);
    clock.now += 10_000;
    expect(await kinds(200)).toEqual(["webhook.recovered"]);
    expect((await store.publishEvents([newEvent("00000000-0000-7000-8000-000000000000")])).kind).toBe(
      "unknown_customer",
    );
  });

  test("a platform webhook hears what a failure means", async () => {
    await store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
    await newWebhook(store, customer);
    await publish();
    await turn(410);
    const told = (await claim()).map(({ event }) => JSON.parse(event.payload));
    const diagnosis = { code: "gone", confidence: "certain", next_step: expect.any(String) };
    expect(told).toMatchObject([
      { type: "delivery.failed", data: { error: { code: "gone" }, diagnosis } },
      { type: "webhook.failing", data: { diagnosis } },
      { type: "webhook.disabled" },
    ]);
  });

  test("a platform webhook that answers 410 hears the next thing all the same", async () => {
    await store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });
    const webhook = await newWebhook(store, customer);
    await publish();
    await turn(500);
    clock.now += 10_000;
    await turn(410);
    expect((await store.getWebhook(customer, webhook))?.isActive).toBe(false);
    expect((await claim()).map(({ event }) => event.type)).toEqual(["delivery.failed", "webhook.disabled"]);
  });

  test("nothing goes to a platform webhook that was removed, until there is one again", async () => {
    const target = { url: "https://platform.example/hook", seal: () => null };
    await store.setSystemWebhook(target);
    await newWebhook(store, customer);
    await publish();
    await turn(500);
    await store.setSystemWebhook(null);
    expect(await claim()).toEqual([]);
    await store.setSystemWebhook(target);
    expect((await claim()).map(({ event }) => event.type)).toEqual(["webhook.failing"]);
  });

  test.each([
    ["the same URL changes nothing: the breaker stays open", "/hook", "probe"],
    ["another URL begins anew: the breaker closes, and what was held drains", "/other", "scheduled"],
  ])("a platform webhook that is set to %s", async (_, path, reason) => {
    const set = (to: string) =>
      store.setSystemWebhook({ url: `https://platform.example${to}`, seal: () => null });
    await set("/hook");
    for (let made = 0; made < 5; made += 1) await newWebhook(store, customer);
    await publish();
    const told = (claims: Claim[]) => claims.filter(({ event }) => event.type === "webhook.failing");
    await turn(500); // the platform is told of each
    expect(told(await turn(500))).toHaveLength(5);
    await set(path);
    clock.now += 10_000;
    expect(told(await claim())).toMatchObject([
      { reason, webhook: { url: `https://platform.example${path}` } },
    ]);
  });
}
