import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { attempt, type Open, scheduleMs } from "../contract.kit";
import type { Claim } from "../store";
import { only, webhookScene } from "./scene.kit";

/** Failures in a row hold what is due; a success lets it go. */
export function breaker(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, turn, record, health, delivery, openBreaker } =
    webhookScene(open);

  test("the breaker opens after five failures over three deliveries, and holds what is due", async () => {
    await openBreaker();
    const [later = ""] = await publish();
    expect(await claim()).toEqual([]);
    expect((await delivery(later)).delivery).toMatchObject({ held: "breaker", attemptCount: 0 });
  });

  test("two deliveries alone never open it", async () => {
    await publish(2);
    for (let n = 0; n < 3; n += 1) {
      await turn(500);
      clock.now += scheduleMs[n] ?? 0;
    }
    expect((await health()).breaker).toBeNull();
  });

  test("one probe at a time, after 5 s and then twice as long, and it uses up nothing", async () => {
    const [oldest] = await openBreaker();
    clock.now += 10_000;
    const probe = only(await claim());
    expect(probe).toMatchObject({ reason: "probe", tries: 1, event: { id: oldest } });
    expect(await claim()).toEqual([]);
    await record(probe, 500);
    clock.now += 9_999;
    expect(await claim()).toEqual([]);
    clock.now += 1;
    const next = only(await claim());
    expect(next.delivery).not.toBe(probe.delivery);
    expect((await delivery(probe.event.id)).delivery.tries).toBe(1);
  });

  test("the probe of a worker that is gone makes room for the next at once", async () => {
    await openBreaker();
    clock.now += 10_000;
    expect(only(await claim({ workerId: "gone" })).reason).toBe("probe");
    await store.endWorker("gone");
    expect(only(await claim())).toMatchObject({ reason: "probe", number: 2 + 1 });
  });

  test.each([
    { code: "internal", message: "Broken" },
    { code: "proxy_error", detail: "proxy_unreachable", message: "Away" },
  ] as const)(
    "a probe that $code kept from the endpoint is followed by the next after the same pause",
    async (fault) => {
      await openBreaker();
      clock.now += 5_000;
      await record(only(await claim()), fault);
      expect((await health()).breaker?.probeAt).toBe(clock.now + 5_000);
      clock.now += 4_999;
      expect(await claim()).toEqual([]);
      clock.now += 1;
      expect(only(await claim()).reason).toBe("probe");
    },
  );

  test("a webhook that works again says since when, and that what was held goes out, until it fails again", async () => {
    await openBreaker();
    expect(await health()).toMatchObject({ recoveredAt: null, isDraining: false });
    clock.now += 5_000;
    await record(only(await claim()), 200);
    const { lastAttemptAt: recoveredAt, ...recovered } = await health();
    expect(recovered).toMatchObject({ recoveredAt, isDraining: true });
    clock.now += 1_000;
    await turn(200);
    expect(await health()).toMatchObject({ recoveredAt });
    await publish();
    await turn(500);
    expect(await health()).toMatchObject({ recoveredAt: null });
  });

  test("the first success closes it and the held ones drain", async () => {
    await openBreaker();
    await publish(6);
    clock.now += 5_000;
    await record(only(await claim()), 204);
    expect((await health()).breaker).toBeNull();
    const drained = await claim();
    expect(drained).toHaveLength(1);
    const { key = 0, drain = 0 } = drained[0]?.webhook ?? {};
    const drainCaps = new Map([[key, { drain, cap: 5 }]]);
    drained.push(...(await claim({ drainCaps })));
    expect(drained).toHaveLength(6);
    expect(drained.every((each) => each.webhook.isDraining && each.reason === "scheduled")).toBe(true);
  });

  test("a failure that is recorded with the success that closes it counts towards the next opening", async () => {
    await publish(11);
    const claims = await claim({ slots: 6 });
    const late = claims.pop() as Claim;
    await store.recordAttempts(claims.map((each) => attempt(each, 500, clock.now)));
    clock.now += 5_000;
    const probe = only(await claim());
    await store.recordAttempts([attempt(probe, 200, clock.now), attempt(late, 500, clock.now + 1)]);
    const first = only(await claim());
    const drainCaps = new Map([[first.webhook.key, { drain: first.webhook.drain, cap: 4 }]]);
    const inFlight = { byWebhook: new Map([[first.webhook.key, 1]]), byCustomer: new Map() };
    const others = await claim({ drainCaps, inFlight, slots: 3 });
    for (const each of [first, ...others]) await record(each, 500);
    expect((await health()).breaker).not.toBeNull();
  });

  test("one that closes and opens again in one commit probes 5 s after that", async () => {
    await publish(12);
    const claims = await claim({ slots: 10 });
    const late = claims.splice(5);
    await store.recordAttempts(claims.map((each) => attempt(each, 500, clock.now)));
    clock.now += 5_000;
    const probe = only(await claim());
    const failed = late.map((each) => attempt(each, 500, clock.now + 1));
    await store.recordAttempts([attempt(probe, 200, clock.now), ...failed]);
    expect((await health()).breaker).toEqual({ openedAt: clock.now, probeAt: clock.now + 5_000 });
  });

  test("a new secret closes it, and the held ones drain at once", async () => {
    await openBreaker();
    await publish();
    await store.rotateSecret(customer, webhook, "k:new", 0, ann);
    expect(await claim()).toHaveLength(1);
  });
}
