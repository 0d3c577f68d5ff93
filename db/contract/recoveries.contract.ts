import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { day, type End, newCustomer, newEvent, newWebhook, type Open, scheduleMs } from "../contract.kit";
import { noOutcomes } from "../rows/recovery";
import type { Recovery, RecoveryRequest } from "../store";
import { webhookScene } from "./scene.kit";

/** What fits a filter is sent again, to one webhook or to all; how that went is told, and it can be stopped. */
export function recoveries(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, record, turn, delivery } = webhookScene(open);
  const step = () => store.maintain({ retentionMs: 30 * day, longestPauseMs: day });
  const settle = async () => {
    while (await step());
  };
  const recover = async (asked: Partial<RecoveryRequest> = {}, webhookId: string | null = null) => {
    const range = { since: 0, until: null, include: ["failed" as const], ...asked };
    const begun = { id: randomUUID(), customerId: customer, webhookId, ...range };
    const started = await store.startRecovery(begun, ann);
    if (typeof started === "string") throw new Error(`The test's recovery was refused: ${started}.`);
    return started;
  };
  const progress = ({ id }: Recovery) => store.getRecovery(customer, id);
  const outcomes = ({ id }: Recovery) => store.countRecovered(customer, id);
  /** Spends the schedule of everything that waits, at new URLs, so that no breaker holds it. */
  const fail = async (end: End = 500) => {
    for (const delayMs of [...scheduleMs, 0]) {
      for (const { id, isActive } of await store.listWebhooks(customer)) {
        if (isActive)
          await store.updateWebhook(customer, id, { url: `https://receiver.example/${clock.now}` }, ann);
      }
      while ((await turn(end)).length > 0);
      clock.now += delayMs;
    }
  };
  const publishOf = async (type: string) => {
    const event = newEvent(customer, { type });
    await store.publishEvents([event]);
    return event.id;
  };
  const sent = async () => (await claim()).map((each) => `${each.event.id} ${each.webhook.id}`).toSorted();

  test("what failed at any webhook is sent again to that one, each once", async () => {
    const other = await newWebhook(store, customer);
    const [first = "", second = ""] = await publish(2);
    await fail();
    await store.redeliver(customer, other, first, ann);
    await turn(200);
    const recovery = await recover();
    expect(recovery).toMatchObject({ webhookId: null, total: 3, state: "running" });
    await settle();
    expect(await sent()).toEqual(
      [`${first} ${webhook}`, `${second} ${webhook}`, `${second} ${other}`].toSorted(),
    );
    expect(await progress(recovery)).toMatchObject({ done: 3, sent: 3, state: "done" });
  });

  test("an event that several webhooks missed is sent to each of them", async () => {
    const [id = ""] = await publish();
    await turn(200);
    const later = [await newWebhook(store, customer), await newWebhook(store, customer)];
    await recover({ include: ["missed"] });
    await settle();
    expect(await sent()).toEqual(later.map((each) => `${id} ${each}`).toSorted());
    expect(await recover({ include: ["missed"] })).toMatchObject({ total: 0 });
  });

  test("a filter keeps out other types, and other answers", async () => {
    await store.updateWebhook(customer, webhook, { events: ["search_completed", "flow_run_failed"] }, ann);
    const [search, flow] = [await publishOf("search_completed"), await publishOf("flow_run_failed")];
    await fail(422);
    const silent = await publishOf("search_completed");
    await fail("timeout");
    const total = async (asked: Partial<RecoveryRequest>) => (await recover(asked)).total;
    expect(await total({})).toBe(3);
    expect(await total({ types: ["flow_run_failed"] })).toBe(1);
    expect(await total({ types: ["flow_run_failed", "search_completed"] })).toBe(3);
    expect(await total({ codeClass: 4 })).toBe(2);
    expect(await total({ codeClass: 0 })).toBe(1);
    expect(await total({ statusCode: 422, types: ["search_completed"] })).toBe(1);
    expect(await total({ statusCode: 500 })).toBe(0);
    expect([search, flow, silent]).toHaveLength(3);
  });

  test("what was delivered or cancelled is sent again when that is asked for, and what is pending is not", async () => {
    const [delivered = ""] = await publish();
    await turn(200);
    const [cancelled = ""] = await publish();
    await store.cancelPending(customer, webhook, ann);
    const [pending = ""] = await publish();
    await turn(500);
    const recovery = await recover({ include: ["delivered", "cancelled"] });
    expect(recovery).toMatchObject({ total: 2 });
    await settle();
    expect(await sent()).toEqual([delivered, cancelled].map((id) => `${id} ${webhook}`).toSorted());
    expect((await delivery(pending)).delivery).toMatchObject({ status: "pending", attemptCount: 1 });
  });

  test("what is delivered again while it runs is not sent a third time", async () => {
    await publish(3);
    await turn(200);
    const recovery = await recover({ include: ["delivered"] });
    await step();
    await turn(200);
    await settle();
    expect(await claim()).toEqual([]);
    expect(await progress(recovery)).toMatchObject({ total: 3, sent: 3, state: "done" });
  });

  test("a count tells by webhook what would be sent, what would not, and why", async () => {
    const off = await newWebhook(store, customer);
    await publish(2);
    await fail();
    await store.updateWebhook(customer, off, { isActive: false }, ann);
    await publish();
    await turn(200);
    await publish();
    const test = { customerId: customer, webhookId: webhook, eventId: "test", type: "search_completed" };
    await store.createTest({ ...test, dataJson: "{}" }, ann);
    const [own] = await claim({ slots: 0 });
    if (own) await record(own, 500);
    const counted = await store.countRecoverable(customer, null, {
      since: 0,
      until: null,
      include: ["failed", "delivered"],
    });
    expect(counted).toMatchObject({ count: 3, isComplete: true });
    const counts = { failed: 2, delivered: 0, cancelled: 0, missed: 0, pending: 0, test: 0 };
    expect(typeof counted === "object" && counted?.webhooks).toEqual([
      { webhookId: webhook, isActive: true, counts: { ...counts, delivered: 1, pending: 1, test: 1 } },
      { webhookId: off, isActive: false, counts: { ...counts, missed: 2 } },
    ]);
  });

  test("it tells what became of what it sent, which the list finds by that", async () => {
    const ids = await publish(4);
    await fail();
    const recovery = await recover();
    await settle();
    expect(await outcomes(recovery)).toEqual({ ...noOutcomes(), waiting: 4 });
    const claims = await claim();
    const ends: End[] = [200, 422, "timeout"];
    for (const [at, end] of ends.entries()) {
      const claimed = claims.find(({ event }) => event.id === ids[at]);
      if (claimed) await record(claimed, end);
    }
    const [delivered, refused, unanswered, waiting] = ids;
    expect(await outcomes(recovery)).toEqual({
      delivered: 1,
      refused_again: 1,
      unanswered: 1,
      waiting: 1,
      given_up: 0,
    });
    const listed = async (filter: object) => {
      const asked = { content: false, pageSize: 10, recoveryId: recovery.id, ...filter };
      return (await store.listDeliveries(customer, asked))?.items.map(({ eventId }) => eventId);
    };
    expect(await listed({ outcome: "delivered" })).toEqual([delivered]);
    expect(await listed({ outcome: "refused_again", webhookId: webhook })).toEqual([refused]);
    expect(await listed({ outcome: "unanswered" })).toEqual([unanswered]);
    expect(await listed({ outcome: "waiting" })).toEqual([waiting]);
    expect((await listed({}))?.toSorted()).toEqual([...ids].toSorted());
    expect(await listed({ recoveryId: randomUUID() })).toEqual([]);
  });

  test("what was cancelled before it was tried is given up", async () => {
    await publish();
    await fail();
    const recovery = await recover();
    await settle();
    await store.cancelPending(customer, webhook, ann);
    expect(await outcomes(recovery)).toEqual({ ...noOutcomes(), given_up: 1 });
  });

  test("cancelled half-way, it makes nothing due any more, and what it made due goes out", async () => {
    await publish(250); // more than one look covers
    while ((await turn(200)).length > 0);
    const recovery = await recover({ include: ["delivered"] });
    expect(recovery.total).toBe(250);
    while ((await progress(recovery))?.sent === 0) await step();
    const cancelled = await store.cancelRecovery(customer, recovery.id, ann);
    expect(cancelled).toMatchObject({ sent: 200, total: 250, state: "cancelled", endedAt: clock.now });
    await settle();
    expect(await progress(recovery)).toEqual(cancelled);
    expect(await outcomes(recovery)).toEqual({ ...noOutcomes(), waiting: 200 });
    expect(await store.cancelRecovery(customer, recovery.id, ann)).toEqual(cancelled);
  });

  test("one that has ended is not cancelled, and nobody cancels another customer's", async () => {
    await publish();
    await fail();
    const recovery = await recover();
    const stranger = await newCustomer(store);
    expect(await store.cancelRecovery(stranger, recovery.id, ann)).toBeNull();
    expect(await store.getRecovery(stranger, recovery.id)).toBeNull();
    expect(await store.countRecovered(stranger, recovery.id)).toBeNull();
    expect(await store.listRecoveries(stranger, {})).toEqual([]);
    await settle();
    expect(await store.cancelRecovery(customer, recovery.id, ann)).toMatchObject({ state: "done", sent: 1 });
  });

  test("it sends to the webhooks that were active when it was asked for, also when another is deleted meanwhile", async () => {
    const [gone, off] = [await newWebhook(store, customer), await newWebhook(store, customer)];
    const [id = ""] = await publish();
    await fail();
    await store.updateWebhook(customer, off, { isActive: false }, ann);
    const recovery = await recover();
    expect(recovery).toMatchObject({ total: 2 });
    await store.deleteWebhook(customer, gone, ann);
    await store.updateWebhook(customer, off, { isActive: true }, ann);
    await settle();
    expect(await sent()).toEqual([`${id} ${webhook}`]);
    expect(await progress(recovery)).toMatchObject({ total: 2, sent: 1, state: "done" });
  });

  test("without an active webhook there is nothing to recover to", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    const asked = { id: randomUUID(), customerId: customer, since: 0, until: null };
    const include = ["failed" as const];
    expect(await store.startRecovery({ ...asked, webhookId: null, include }, ann)).toBe("inactive");
    expect(await store.startRecovery({ ...asked, webhookId: randomUUID(), include }, ann)).toBe("not_found");
  });

  test("many are redelivered in one call, each answered for, and what came of them is told", async () => {
    const off = await newWebhook(store, customer);
    const [first = "", second = ""] = await publish(2);
    await turn(200);
    await store.updateWebhook(customer, off, { isActive: false }, ann);
    const test = { customerId: customer, webhookId: webhook, eventId: "test", type: "search_completed" };
    await store.createTest({ ...test, dataJson: "{}" }, ann);
    const of = (webhookId: string, eventId: string) => ({ webhookId, eventId });
    const chosen = [
      of(webhook, second),
      of(off, first),
      of(webhook, "test"),
      of(webhook, "none"),
      of(webhook, first),
    ];
    const made = await store.redeliverMany(customer, randomUUID(), chosen, ann);
    expect(made?.answers).toEqual(["due", "inactive", "is_test", "not_found", "due"]);
    expect(made?.recovery).toMatchObject({ total: 2, sent: 2, state: "done", include: [] });
    const claims = (await claim({ testSlots: 0 })).filter(({ isTest }) => !isTest);
    expect(claims.map(({ event, reason }) => [event.id, reason]).toSorted()).toEqual(
      [first, second].map((id) => [id, "manual"]).toSorted(),
    );
    for (const [at, claimed] of claims.entries()) await record(claimed, at === 0 ? 200 : 500);
    expect(made?.recovery && (await outcomes(made.recovery))).toEqual({
      ...noOutcomes(),
      delivered: 1,
      refused_again: 1,
    });
  });

  test("when nothing of what was chosen can be sent, nothing is remembered", async () => {
    const made = await store.redeliverMany(
      customer,
      randomUUID(),
      [{ webhookId: webhook, eventId: "none" }],
      ann,
    );
    expect(made).toEqual({ recovery: null, answers: ["not_found"] });
    expect(await store.listRecoveries(customer, {})).toEqual([]);
    expect(await store.redeliverMany(randomUUID(), randomUUID(), [], ann)).toBeNull();
  });

  test("the newest recoveries are listed, of all webhooks or those of one", async () => {
    const of = async (webhookId: string | null) => (await recover({}, webhookId)).id;
    const all = await of(null);
    const one = await of(webhook);
    const ids = (found: Recovery[]) => found.map(({ id }) => id);
    expect(ids(await store.listRecoveries(customer, {}))).toEqual([one, all]);
    expect(ids(await store.listRecoveries(customer, { webhookId: webhook }))).toEqual([one]);
    await store.cancelRecovery(customer, one, ann);
    expect(ids(await store.listRecoveries(customer, { isRunning: true }))).toEqual([all]);
  });
}
