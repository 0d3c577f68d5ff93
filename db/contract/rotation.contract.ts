import { beforeEach, describe, expect, test } from "vitest";
import { ann } from "../actor.kit";
import { attempt, day, hour, minute, newWebhook, type Open } from "../contract.kit";
import type { Claim } from "../store";
import { only, webhookScene } from "./scene.kit";

/** How a rotation follows its receiver: which secret leads, and what a refusal and a success teach. */
export function rotation(open: Open): void {
  const scene = webhookScene(open);
  const { store, clock, customer, webhook, publish, claim, record, health, delivery } = scene;
  const rotate = (secret: string, overlapMs = hour) =>
    store.rotateSecret(customer, webhook, secret, overlapMs, ann);
  const claimOne = async () => only(await claim({ slots: 1 }));
  const leads = (claims: Claim[]) => claims.map(({ signing }) => signing.leads);
  /** One event is refused with what leads, and taken with the other. */
  const switchOver = async () => {
    await publish();
    await record(await claimOne(), 401);
    await record(await claimOne(), 200);
  };

  beforeEach(async () => {
    await store.updateWebhook(customer, webhook, { secret: "k:old" }, ann);
    await rotate("k:new");
  });

  test("the old secret leads, and the new one is tried at once when it is refused", async () => {
    const [event = ""] = await publish();
    const first = await claimOne();
    expect(first.signing).toEqual({ leads: "previous", fallback: "current" });
    await record(first, 403);
    expect(await delivery(event)).toMatchObject({
      delivery: { status: "pending", nextAttemptAt: clock.now, tries: 0, statusCode: 403 },
    });
    const second = await claimOne();
    expect(second).toMatchObject({ number: 2, signing: { leads: "current", fallback: null } });
    clock.now += 20;
    await record(second, 200);
    expect((await health()).rotation).toMatchObject({ signsWith: "current", switchedAt: clock.now });
    await publish();
    expect((await claimOne()).signing).toEqual({ leads: "current", fallback: "previous" });
  });

  test("what is refused with both goes on by the schedule, of which it used one try", async () => {
    const [event = ""] = await publish();
    await record(await claimOne(), 400);
    await record(await claimOne(), 400);
    expect(await delivery(event)).toMatchObject({ delivery: { nextAttemptAt: clock.now + 5_000, tries: 1 } });
    expect((await health()).rotation).toMatchObject({ signsWith: "previous", switchedAt: null });
    clock.now += 5_000;
    expect((await claimOne()).signing).toEqual({ leads: "previous", fallback: "current" });
  });

  test("the end of the schedule comes after both", async () => {
    const [event = ""] = await publish();
    for (const pauseMs of [5_000, 300_000, 1_800_000]) {
      await record(await claimOne(), 500);
      clock.now += pauseMs;
    }
    await record(await claimOne(), 401);
    expect(await delivery(event)).toMatchObject({ delivery: { status: "pending", tries: 3 } });
    await record(await claimOne(), 401);
    expect(await delivery(event)).toMatchObject({ delivery: { status: "failed" } });
  });

  test("sixteen that are refused at the moment of the switch open no breaker and count nothing down", async () => {
    await publish(16);
    const refused = await claim();
    for (const each of refused) await record(each, 401);
    expect(await health()).toMatchObject({
      breaker: null,
      countdown: null,
      lastStatusCode: 401,
      lastAttemptOk: false,
      failuresInARow: 16,
    });
    const again = await claim();
    expect(leads(again)).toEqual(Array(16).fill("current"));
    expect(again.map((each) => each.delivery).sort()).toEqual(refused.map((each) => each.delivery).sort());
  });

  test("the second attempt goes before what was due earlier", async () => {
    await publish(1);
    const refused = await claimOne();
    await publish(3);
    clock.now += 1_000;
    await record(refused, 401);
    expect((await claimOne()).delivery).toBe(refused.delivery);
  });

  test("a success of before the switch does not undo it", async () => {
    await publish();
    const late = await claimOne();
    await switchOver();
    await record(late, 200);
    expect((await health()).rotation).toMatchObject({ signsWith: "current" });
  });

  test("a receiver that goes back to the old secret is followed, and again to the new one", async () => {
    await switchOver();
    await switchOver();
    expect((await health()).rotation).toMatchObject({ signsWith: "previous", switchedAt: null });
    clock.now += 1_000;
    await switchOver();
    expect((await health()).rotation).toMatchObject({ signsWith: "current", switchedAt: clock.now });
  });

  test("a test leads with what leads, and is not made again", async () => {
    await store.createTest(
      {
        customerId: customer,
        webhookId: webhook,
        eventId: "t1",
        type: "search_completed",
        dataJson: "{}",
      },
      ann,
    );
    const tried = only(await claim());
    expect(tried.signing.leads).toBe("previous");
    await record(tried, 401);
    expect(await delivery("t1")).toMatchObject({ delivery: { status: "failed" } });
  });

  describe("while the breaker is open", () => {
    /** Opens it, and claims the first probe. */
    const probe = async () => {
      await publish(5);
      for (const each of await claim()) await record(each, 500);
      clock.now += 5_000;
      const probed = await claimOne();
      expect(probed.reason).toBe("probe");
      return probed;
    };

    test("a probe that is refused is made again at once, and closes it when the other secret is taken", async () => {
      const refused = await probe();
      await record(refused, 401);
      const again = await claimOne();
      expect(again).toMatchObject({
        delivery: refused.delivery,
        reason: "probe",
        signing: { leads: "current" },
      });
      expect(await claim()).toEqual([]);
      await record(again, 200);
      expect(await health()).toMatchObject({ breaker: null, rotation: { signsWith: "current" } });
    });

    test("one that is refused with both is one failed probe", async () => {
      await record(await probe(), 401);
      clock.now += 100;
      await record(await claimOne(), 401);
      expect((await health()).breaker?.probeAt).toBe(clock.now + 10_000);
      expect(await claim()).toEqual([]);
    });

    test("one whose lease is over lets no other begin beside the next", async () => {
      await publish(5);
      const [oldest, ...others] = await claim();
      if (!oldest) throw new Error("Nothing was claimed.");
      await store.recordAttempts([attempt(oldest, 503, clock.now, { "retry-after": "20" })]);
      for (const each of others) await record(each, 500);
      clock.now += 5_000;
      const frozen = await claimOne();
      clock.now += 25_000;
      expect((await claimOne()).delivery).toBe(oldest.delivery);
      await record(frozen, 401);
      expect(await claim()).toEqual([]);
    });
  });

  test("the second attempt survives its worker", async () => {
    await publish();
    await record(await claimOne(), 401);
    await claimOne();
    await store.endWorker("worker");
    const again = await claimOne();
    expect(again).toMatchObject({ number: 3, signing: { leads: "current", fallback: null } });
  });

  test("what ended in between begins anew with what leads", async () => {
    const [event = ""] = await publish();
    await record(await claimOne(), 401);
    await store.cancelPending(customer, webhook, ann);
    await store.redeliver(customer, webhook, event, ann);
    expect((await claimOne()).signing).toEqual({ leads: "previous", fallback: "current" });
  });

  test("after the overlap the new one signs alone, and what it is answered is known", async () => {
    const { until } = (await health()).rotation ?? {};
    expect(until).toBe(clock.now + hour);
    clock.now += hour;
    await publish();
    const alone = await claimOne();
    expect(alone).toMatchObject({
      signing: { leads: "current", fallback: null },
      webhook: { secret: "k:new", previousSecret: null },
    });
    await record(alone, 401);
    expect((await health()).rotation).toMatchObject({ signsWith: "previous", until });
    clock.now += 5_000;
    await record(await claimOne(), 200);
    expect((await health()).rotation).toMatchObject({ signsWith: "current", switchedAt: clock.now });
  });

  test("a day after the overlap the old secret is gone, and who was to lead with it", async () => {
    clock.now += hour + day + minute;
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
    expect((await health()).rotation).toMatchObject({ until: null, signsWith: "current" });
    expect((await store.listSealedKeys()).map(({ sample }) => sample)).toEqual(["k:new"]);
  });

  describe("another rotation within the overlap", () => {
    test("keeps the old secret, while that is what the receiver takes", async () => {
      await rotate("k:newest");
      expect(await store.getSecrets(customer, webhook)).toEqual({
        current: "k:newest",
        previous: "k:old",
        leads: "previous",
      });
    });

    test("keeps the new one after the switch", async () => {
      await switchOver();
      await rotate("k:newest");
      expect(await store.getSecrets(customer, webhook)).toEqual({
        current: "k:newest",
        previous: "k:new",
        leads: "previous",
      });
    });

    test("learns nothing from attempts that began before it", async () => {
      await publish();
      await record(await claimOne(), 401);
      const second = await claimOne();
      await rotate("k:newest");
      await record(second, 200);
      expect((await health()).rotation).toMatchObject({ signsWith: "previous", switchedAt: null });
    });
  });

  test("a secret that is replaced signs alone, and is dated; of one that is removed nothing is told", async () => {
    clock.now += 1_000;
    await store.updateWebhook(customer, webhook, { secret: "k:other" }, ann);
    expect((await health()).rotation).toEqual({
      rotatedAt: clock.now,
      until: null,
      signsWith: "current",
      switchedAt: null,
    });
    await store.updateWebhook(customer, webhook, { secret: null }, ann);
    expect((await health()).rotation).toBeNull();
  });

  test("a webhook whose secret never changed tells of no rotation", async () => {
    const id = await newWebhook(store, customer, { secret: "k:only" });
    expect((await store.getWebhook(customer, id))?.rotation).toBeNull();
  });
}
