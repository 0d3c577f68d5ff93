import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { hour, newCustomer, newEvent, newWebhook, type Open } from "../contract.kit";
import type { NewEvent, Trace } from "../store";
import { customerScene } from "./scene.kit";

/** Of content: a SHA-256 is kept in less space than other texts. */
const digests = ["content", "0123456789abcdef".repeat(4)];

/** Events that are published and looked up. */
export function events(open: Open): void {
  const { store, clock, customer, publish, claim } = customerScene(open);

  test("every active webhook that lists the type gets one delivery, and the others a reason", async () => {
    const matching = await newWebhook(store, customer);
    const inactive = await newWebhook(store, customer, { isActive: false });
    const unsubscribed = await newWebhook(store, customer, { events: ["flow_run_failed"] });
    const empty = await newWebhook(store, customer, { events: [] });
    const [id] = await publish();
    const later = await newWebhook(store, customer);
    const found = await store.getEvent(customer, id as string);
    expect(found?.event.deliveries).toBe(1);
    const reasons = found?.traces.map((trace) => [
      trace.webhookId,
      trace.delivery?.status ?? reasonOf(trace),
    ]);
    expect(Object.fromEntries(reasons ?? [])).toEqual({
      [matching]: "pending",
      [inactive]: "inactive",
      [unsubscribed]: "not_subscribed",
      [empty]: "not_subscribed",
      [later]: "created_later",
    });
  });

  test.each(digests)(
    "the same id and content is the same event, in one call and in two: %s",
    async (contentHash) => {
      await newWebhook(store, customer);
      const event = newEvent(customer, { contentHash });
      const first = await store.publishEvents([event, event]);
      const again = await store.publishEvents([event]);
      const same = { id: event.id, deliveries: 1, duplicate: true };
      expect(first).toEqual({ kind: "accepted", events: [{ ...same, duplicate: false }, same] });
      expect(again).toEqual({ kind: "accepted", events: [same] });
      expect(await claim()).toHaveLength(1);
    },
  );

  test.each(digests)(
    "the same id with other content is a conflict, and nothing of the array is kept: %s",
    async (contentHash) => {
      const event = newEvent(customer, { contentHash });
      await store.publishEvents([event]);
      const other = newEvent(customer);
      for (const otherHash of ["other", "f".repeat(64), contentHash.toUpperCase()]) {
        const result = await store.publishEvents([other, { ...event, contentHash: otherHash }]);
        expect(result).toEqual({ kind: "conflict", index: 1 });
      }
      expect(await store.getEvent(customer, other.id)).toBeNull();
    },
  );

  test("twenty calls at once with one id make one event", async () => {
    await newWebhook(store, customer);
    const event = newEvent(customer);
    const results = await Promise.all(Array.from({ length: 20 }, () => store.publishEvents([event])));
    const fresh = results.filter((result) => result.kind === "accepted" && !result.events[0]?.duplicate);
    expect(fresh).toHaveLength(1);
    expect(await claim()).toHaveLength(1);
  });

  test("of calls at once, one that is refused keeps nothing, and the others keep all", async () => {
    await newWebhook(store, customer);
    const taken = newEvent(customer);
    await store.publishEvents([taken]);
    const [kept, alsoKept, ofConflict, ofUnknown] = Array.from({ length: 4 }, () => newEvent(customer)) as [
      NewEvent,
      NewEvent,
      NewEvent,
      NewEvent,
    ];
    const results = await Promise.all([
      store.publishEvents([ofConflict, { ...taken, contentHash: "other" }]),
      store.publishEvents([kept, { ...taken }]),
      store.publishEvents([{ ...ofConflict, contentHash: "another" }, ofUnknown, newEvent("nobody")]),
      store.publishEvents([{ ...ofConflict, contentHash: "a third" }, alsoKept]),
    ]);
    const first = { deliveries: 1, duplicate: false };
    expect(results).toEqual([
      { kind: "conflict", index: 1 },
      {
        kind: "accepted",
        events: [
          { id: kept.id, ...first },
          { id: taken.id, deliveries: 1, duplicate: true },
        ],
      },
      { kind: "unknown_customer", index: 2 },
      {
        kind: "accepted",
        events: [
          { id: ofConflict.id, ...first },
          { id: alsoKept.id, ...first },
        ],
      },
    ]);
    expect(await claim()).toHaveLength(4);
  });

  test("an id is unique per customer only", async () => {
    const other = await newCustomer(store);
    const event = newEvent(customer);
    await store.publishEvents([event]);
    const result = await store.publishEvents([{ ...event, customer: other, contentHash: "other" }]);
    expect(result.kind).toBe("accepted");
  });

  test("an unknown customer refuses the whole array and says where", async () => {
    const known = newEvent(customer);
    const result = await store.publishEvents([known, newEvent(randomUUID())]);
    expect(result).toEqual({ kind: "unknown_customer", index: 1 });
    expect(await store.getEvent(customer, known.id)).toBeNull();
  });

  test("an external id names the customer too", async () => {
    await store.createCustomer({ id: randomUUID(), name: "Contoso", externalId: "contoso" }, ann);
    expect((await store.publishEvents([newEvent("contoso")])).kind).toBe("accepted");
  });

  test("the body is made once, with the time of acceptance", async () => {
    const event = newEvent(customer, { dataJson: '{"n":1.50}' });
    await store.publishEvents([event]);
    const found = await store.getEvent(customer, event.id);
    const createdAt = new Date(clock.now).toISOString();
    expect(found?.event.payload).toBe(
      `{"id":"${event.id}","type":"search_completed","created_at":"${createdAt}","data":{"n":1.50}}`,
    );
  });

  test("pages follow each other newest first without gap or overlap", async () => {
    const ids = [];
    for (let n = 0; n < 7; n += 1) {
      ids.unshift(...(await publish()));
      clock.now += n % 2; // some share a millisecond
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.listEvents(customer, { pageSize: 3, cursor });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(ids);
  });

  test("a list can begin at a time and name a type", async () => {
    await publish();
    clock.now += hour;
    const since = clock.now;
    const event = newEvent(customer, { type: "flow_run_failed" });
    await store.publishEvents([event, newEvent(customer)]);
    const page = await store.listEvents(customer, { since, types: ["flow_run_failed"], pageSize: 10 });
    expect(page.items.map(({ id }) => id)).toEqual([event.id]);
    const counted = await store.countEventTypes(customer, since);
    expect(counted.types).toContainEqual({ type: "flow_run_failed", count: 1, lastAt: since });
    expect(counted.countedBackTo).toBeNull();
  });
}

const reasonOf = (trace: Trace) => (trace.delivery === null ? trace.reason : null);
