import { expect, test } from "vitest";
import { incidentLimits } from "@/domain/limits";
import { ann } from "../actor.kit";
import { day, hour, minute, newCustomer, newWebhook, type Open, scheduleMs } from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

const limits = { retentionMs: 30 * day, longestPauseMs: day };

/** What is kept of the times for which a webhook failed in earnest. */
export function incidents(open: Open): void {
  const scene = webhookScene(open);
  const { store, clock, customer, webhook, publish, claim, record, turn, health, openBreaker } = scene;
  const list = () => store.listIncidents(customer, webhook);
  const latest = async () => {
    const [incident] = await list();
    if (!incident) throw new Error("There is no incident.");
    const counted = await store.getIncident(customer, webhook, incident.id);
    if (!counted) throw new Error("The incident cannot be found by its id.");
    return counted;
  };
  const maintain = async () => {
    while (await store.maintain(limits));
  };
  const probe = async (end: number) => record(only(await claim()), end);
  /** Everything that waits goes through. */
  const drain = async () => {
    for (let n = 0; n < 20; n += 1) await turn(200);
  };

  test("one failure is no incident, and a retry that fails is none", async () => {
    await publish();
    await turn(500);
    clock.now += scheduleMs[0] ?? 0;
    await turn(500);
    expect(await list()).toEqual([]);
    expect((await health()).incident).toBeNull();
  });

  test("an open breaker is one, which began with the first failure and tells the cause", async () => {
    const startedAt = clock.now;
    const events = await openBreaker();
    const { eventId, ...incident } = await latest();
    expect(events).toContain(eventId);
    expect(incident).toMatchObject({
      webhookId: webhook,
      startedAt,
      endedAt: null,
      held: 0,
      eventType: "search_completed",
      cause: { code: expect.any(String), meaning: expect.any(String), next_step: expect.any(String) },
      tally: { codes: { 500: 5 }, deliveries: { delivered: 0, failed: 0, cancelled: 0, pending: 5 } },
    });
    expect((await health()).incident).toEqual({ startedAt, endedAt: null });
  });

  test("a delivery that fails for more than a minute is one without a breaker", async () => {
    await publish();
    for (const delayMs of scheduleMs) {
      await turn(503);
      clock.now += delayMs;
    }
    expect(await latest()).toMatchObject({ tally: { codes: { 503: 3 } } });
    expect((await health()).breaker).toBeNull();
  });

  test("what waited for its turn when it began is followed, and what had ended before is not", async () => {
    await publish();
    await turn(200);
    await publish(5);
    clock.now += minute;
    await turn(500);
    clock.now += 5_000;
    await probe(200);
    expect(await latest()).toMatchObject({ tally: { deliveries: { delivered: 1, pending: 4 } } });
  });

  test("the first success ends it, and what waited is followed until it has ended", async () => {
    await openBreaker();
    await publish(3);
    clock.now += 10_000;
    await probe(502);
    clock.now += 10_000;
    await probe(200);
    const endedAt = clock.now + 20; // an attempt takes so long
    expect(await latest()).toMatchObject({
      endedAt,
      held: 8,
      tally: { codes: { 500: 5, 502: 1 }, deliveries: { delivered: 1, pending: 7 }, isComplete: true },
    });
    expect((await health()).incident).toMatchObject({ endedAt });
    await drain();
    clock.now += hour;
    await drain();
    expect(await latest()).toMatchObject({ tally: { deliveries: { delivered: 8, failed: 0, pending: 0 } } });
  });

  test("what fails again within ten minutes goes on with it, and later is another one", async () => {
    await openBreaker();
    clock.now += 5_000;
    await probe(200);
    await drain();
    clock.now += incidentLimits.mergedMs - minute;
    await openBreaker();
    expect(await list()).toHaveLength(1);
    expect(await latest()).toMatchObject({ endedAt: null, held: 0 });
    clock.now += 5_000;
    await probe(200);
    await drain();
    clock.now += incidentLimits.mergedMs;
    await openBreaker();
    expect((await list()).map(({ endedAt }) => endedAt !== null)).toEqual([false, true]);
  });

  test("a webhook that is gone has one, which lasts until something is delivered", async () => {
    await publish();
    await turn(410);
    expect(await latest()).toMatchObject({ endedAt: null, tally: { codes: { 410: 1 } } });
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    expect(await latest()).toMatchObject({ endedAt: null });
    await publish();
    await turn(200);
    expect((await latest()).endedAt).not.toBeNull();
  });

  test("what was counted of it outlives its deliveries, and it is gone after a year", async () => {
    await openBreaker();
    clock.now += 5_000;
    await probe(200);
    await drain();
    clock.now += hour;
    await drain();
    await maintain();
    const { tally, ...kept } = await latest();
    expect(tally).toMatchObject({ codes: { 500: 5 }, deliveries: { delivered: 5, pending: 0 } });
    clock.now += 40 * day;
    await maintain();
    expect((await store.listDeliveries(customer, { content: false, pageSize: 10 }))?.items).toEqual([]);
    expect(await latest()).toEqual({ ...kept, tally });
    clock.now += incidentLimits.keptMs;
    await maintain();
    expect(await list()).toEqual([]);
  });

  test("the newest hundred of a webhook are kept", async () => {
    for (let n = 0; n <= incidentLimits.kept; n += 1) {
      await publish();
      await turn(410);
      await store.updateWebhook(customer, webhook, { isActive: true }, ann);
      await publish();
      await turn(200);
      clock.now += 11 * minute;
    }
    const all = await list();
    expect(all).toHaveLength(incidentLimits.kept);
    expect(all.at(-1)?.startedAt).toBeGreaterThan(Date.UTC(2026, 0, 1));
  });

  test("another customer's are not found, nor those of another webhook", async () => {
    await openBreaker();
    const { id } = await latest();
    const other = await newCustomer(store);
    expect(await store.listIncidents(other, webhook)).toEqual([]);
    expect(await store.getIncident(other, webhook, id)).toBeNull();
    expect(await store.getIncident(customer, await newWebhook(store, customer), id)).toBeNull();
  });
}
