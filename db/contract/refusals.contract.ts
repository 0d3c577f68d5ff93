import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { day, minute, type Open } from "../contract.kit";
import type { Claim } from "../store";
import { only, webhookScene } from "./scene.kit";

/** What comes of answers that refuse the content: they judge what was sent, and not the endpoint. */
export function refusals(open: Open): void {
  const {
    store,
    clock,
    customer,
    webhook,
    publish,
    claim,
    record,
    refuse,
    turn,
    health,
    delivery,
    openBreaker,
  } = webhookScene(open);
  const groups = () => store.listRefusals(customer, webhook);
  const refuseAll = async (count: number, body = "unknown field") => {
    const events = await publish(count);
    for (const each of await claim()) await refuse(each, body);
    return events;
  };
  const deliver = async () => {
    await publish();
    await record(only(await claim()), 200);
  };
  const nextProbe = async (): Promise<Claim> => {
    clock.now += 5 * minute;
    return only(await claim());
  };

  test("while anything else gets through, none of them opens the breaker", async () => {
    await deliver();
    clock.now += 5 * minute - 1;
    await refuseAll(12);
    expect(await health()).toMatchObject({ breaker: null, failuresInARow: 12, countdown: { failures: 12 } });
    await deliver();
    expect((await health()).breaker).toBeNull();
  });

  test("when nothing was delivered for 5 minutes, five of them do", async () => {
    await deliver();
    clock.now += 5 * minute;
    await refuseAll(5);
    expect((await health()).breaker).not.toBeNull();
  });

  test("a test that is answered with 2xx is something that gets through", async () => {
    await store.createTest(
      {
        customerId: customer,
        webhookId: webhook,
        eventId: "t",
        type: "search_completed",
        dataJson: "{}",
      },
      ann,
    );
    await record(only(await claim()), 200);
    await refuseAll(12);
    expect((await health()).breaker).toBeNull();
  });

  test("what an old secret got through says nothing of the new one", async () => {
    await deliver();
    await store.updateWebhook(customer, webhook, { secret: "k:new" }, ann);
    await refuseAll(5);
    expect((await health()).breaker).not.toBeNull();
  });

  test("one delivery counts once, however often it is refused", async () => {
    await refuseAll(4);
    clock.now += 5_000;
    for (const each of await claim()) await refuse(each, "unknown field");
    expect((await health()).breaker).toBeNull();
    await refuseAll(1);
    expect((await health()).breaker).not.toBeNull();
  });

  test("other failures count beside them", async () => {
    await deliver();
    await refuseAll(3);
    await publish(5);
    await turn(503);
    expect((await health()).breaker).not.toBeNull();
  });

  test("probes go in turn to one that was never tried, and to the oldest of the others", async () => {
    const tried = await openBreaker();
    const untried = await publish(2);
    const probed: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      const probe = await nextProbe();
      probed.push(probe.event.id);
      await record(probe, 500);
    }
    expect(probed).toEqual([untried[0], tried[0], untried[1], tried[1]]);
  });

  test("no two probes in a row go to what was refused while anything else waits", async () => {
    const [broken = ""] = await publish();
    await record(only(await claim()), 500);
    const refused = await refuseAll(4);
    expect((await health()).breaker).not.toBeNull();
    const probed: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const probe = await nextProbe();
      probed.push(probe.event.id);
      if (refused.includes(probe.event.id)) await refuse(probe, "unknown field");
      else await record(probe, 500);
    }
    expect(probed).toEqual([broken, refused[0], broken, refused[1], broken, refused[2]]);
  });

  test("nor when a probe of one ended otherwise", async () => {
    const [broken = ""] = await publish();
    await record(only(await claim()), 500);
    const [first = "", second = ""] = await refuseAll(4);
    await record(await nextProbe(), 500);
    const probe = await nextProbe();
    expect(probe).toMatchObject({ wasRefused: true, event: { id: first } });
    await record(probe, 500);
    const next = await nextProbe();
    expect([broken, first]).toContain(next.event.id);
    await record(next, 500);
    expect((await nextProbe()).event.id).toBe(second);
  });

  test("where only refused ones wait they are probed all the same, and a success lets all go", async () => {
    const refused = await refuseAll(5);
    for (const id of refused.slice(0, 2)) {
      const probe = await nextProbe();
      expect(probe.event.id).toBe(id);
      await refuse(probe, "unknown field");
    }
    await record(await nextProbe(), 200);
    expect((await health()).breaker).toBeNull();
    expect(await claim()).toHaveLength(1);
  });

  test("one that was never tried is found behind many that were", async () => {
    const ids = await publish(300);
    for (const each of await claim()) await refuse(each, "unknown field");
    expect((await health()).breaker).not.toBeNull();
    expect((await nextProbe()).event.id).toBe(ids[16]);
  });

  test("those that wait are set aside in groups of one refusal, the largest first", async () => {
    await deliver();
    const acceptedAt = clock.now;
    await refuseAll(3, "unknown field of event 17");
    clock.now += 1_000;
    await refuseAll(1, "unknown field of event 18");
    await refuseAll(2, "unknown type");
    expect(await groups()).toEqual([
      { statusCode: 422, words: "unknown field of event …", count: 4, oldestAt: acceptedAt },
      { statusCode: 422, words: "unknown type", count: 2, oldestAt: acceptedAt + 1_000 },
    ]);
    expect(await store.listRefusals("somebody else", webhook)).toEqual([]);
  });

  test("any other end of an attempt takes one out of its group", async () => {
    await deliver();
    await refuseAll(4);
    clock.now += 5_000;
    const [delivered, broken, lost, refused] = await claim({ leaseMs: 1_000 });
    await record(delivered as Claim, 200);
    await record(broken as Claim, 500);
    await refuse(refused as Claim, "", 400);
    expect(await groups()).toMatchObject([{ statusCode: 400, words: "", count: 1 }, { count: 1 }]);
    clock.now += 1_000;
    expect(only(await claim()).delivery).toBe(lost?.delivery);
    expect(await groups()).toMatchObject([{ statusCode: 400, count: 1 }]);
  });

  test("they keep their own schedule, and those that ended are in no group", async () => {
    await deliver();
    const [id = ""] = await refuseAll(1);
    for (const delayMs of [5_000, 300_000, 1_800_000]) {
      expect((await delivery(id)).delivery.nextAttemptAt).toBe(clock.now + delayMs);
      expect(await groups()).toHaveLength(1);
      clock.now += delayMs;
      await refuse(only(await claim()), "unknown field");
    }
    expect((await delivery(id)).delivery.status).toBe("failed");
    expect(await groups()).toEqual([]);
    await store.redeliver(customer, webhook, id, ann);
    expect(await groups()).toMatchObject([{ words: "unknown field", count: 1 }]);
  });

  test("a recovery knows how many of its targets were refused alike, and the oldest of them", async () => {
    await deliver();
    const range = { since: 0, until: null, include: ["failed" as const] };
    const [oldest] = await refuseAll(3);
    for (let n = 0; n < 3; n += 1) {
      clock.now += day / 24;
      for (const each of await claim()) await refuse(each, "unknown field");
    }
    const refused = { statusCode: 422, count: 3, oldestEventId: oldest };
    expect(await store.countRecoverable(customer, webhook, range)).toMatchObject({
      count: 3,
      isComplete: true,
      refused,
    });
    const started = await store.startRecovery(
      {
        id: "r",
        customerId: customer,
        webhookId: webhook,
        ...range,
      },
      ann,
    );
    expect(started).toMatchObject({ total: 3, refused });
    while (await store.maintain({ retentionMs: day, longestPauseMs: day }));
    expect(await store.countRecoverable(customer, webhook, range)).toMatchObject({ count: 0, refused: null });
  });
}
