import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Conditions } from "@/domain/filter/condition";
import { ann } from "../actor.kit";
import { day, newEvent, newWebhook, type Open } from "../contract.kit";
import { customerScene } from "./scene.kit";

const manyHits: Conditions = { search_completed: { op: "at_least", path: "data.hit_count", value: 2 } };

/** Webhooks that ask something of the content of events. */
export function filters(open: Open): void {
  const { store, clock, customer, claim } = customerScene(open);

  async function publishHits(hits: number, type = "search_completed"): Promise<string> {
    const event = newEvent(customer, { type, dataJson: JSON.stringify({ hit_count: hits }) });
    await store.publishEvents([event]);
    return event.id;
  }
  const reasonFor = async (eventId: string, webhook: string) => {
    const found = await store.getEvent(customer, eventId);
    const trace = found?.traces.find(({ webhookId }) => webhookId === webhook);
    return trace?.delivery ? trace.delivery.status : [trace?.reason, trace?.why];
  };

  test("an event goes to a webhook whose condition its content fits, and the others are told why not", async () => {
    const asking = await newWebhook(store, customer, { conditions: manyHits });
    const [one, two] = [await publishHits(1), await publishHits(2)];
    expect((await claim()).map(({ event }) => event.id)).toEqual([two]);
    expect(await reasonFor(one, asking)).toEqual(["filtered", "data.hit_count is 1, asked for at least 2"]);
    expect((await store.getEvent(customer, one))?.event.deliveries).toBe(0);
  });

  test("what a sentence cannot hold of the content is told escaped", async () => {
    const conditions: Conditions = { "*": { op: "equals", path: "search_id", value: "C-42" } };
    const asking = await newWebhook(store, customer, { conditions });
    for (const odd of ["\\u0000", "\\ud800"]) {
      const event = newEvent(customer, { dataJson: `{"search_id":"${odd}"}` });
      await store.publishEvents([event]);
      const why = `data.search_id is "${odd}", asked for C-42`;
      expect(await reasonFor(event.id, asking)).toEqual(["filtered", why]);
    }
  });

  test("a type without a condition is not narrowed, and * is for the types without one of their own", async () => {
    const events = ["search_completed", "flow_run_failed"];
    await newWebhook(store, customer, { events, conditions: manyHits });
    await publishHits(0, "flow_run_failed");
    expect(await claim()).toHaveLength(1);
    const any = await newWebhook(store, customer, {
      events,
      conditions: { ...manyHits, "*": { op: "exists", path: "error", value: true } },
    });
    const [failed, found] = [await publishHits(5, "flow_run_failed"), await publishHits(5)];
    expect(await reasonFor(failed, any)).toEqual(["filtered", "there is no data.error"]);
    expect(await reasonFor(found, any)).toBe("pending");
  });

  test("* lists every type", async () => {
    const all = await newWebhook(store, customer, { events: ["*"] });
    const [failed, found] = [await publishHits(0, "flow_run_failed"), await publishHits(0)];
    expect(await reasonFor(failed, all)).toBe("pending");
    expect(await reasonFor(found, all)).toBe("pending");
  });

  test("what is filtered did not match: it is in no number, and nothing of it was missed", async () => {
    const off = await newWebhook(store, customer, { conditions: manyHits, isActive: false });
    const [filtered, missed] = [await publishHits(1), await publishHits(2)];
    expect(await reasonFor(filtered, off)).toEqual(["filtered", expect.any(String)]);
    expect(await reasonFor(missed, off)).toEqual(["inactive", null]);
    const { webhooks } = await store.getBalance(customer);
    expect(webhooks[0]?.balance).toMatchObject({ matched: 1, missed: 1, waiting: 0 });
  });

  test("an edit decides what comes after it, and what was decided stays told as it was then", async () => {
    const asking = await newWebhook(store, customer, { conditions: manyHits });
    const before = await publishHits(1);
    const edited = await store.updateWebhook(customer, asking, { conditions: null }, ann);
    expect(edited).toMatchObject({ conditions: null });
    const after = await publishHits(1);
    expect(await reasonFor(before, asking)).toEqual(["filtered", expect.stringContaining("hit_count is 1")]);
    expect(await reasonFor(after, asking)).toBe("pending");
  });

  test("conditions are kept as they were written, and stay when something else is edited", async () => {
    const written: Conditions = {
      search_completed: {
        op: "not",
        condition: { op: "in", path: "query.country", values: ["DE", 1.5, null] },
      },
      "*": { op: "exists", path: "b", value: false },
    };
    const id = await newWebhook(store, customer, { conditions: written });
    await store.updateWebhook(customer, id, { description: "Other words" }, ann);
    expect(JSON.stringify((await store.getWebhook(customer, id))?.conditions)).toBe(JSON.stringify(written));
  });

  test("a recovery sends what is older than a webhook only where its content fits", async () => {
    const [few, many] = [await publishHits(1), await publishHits(2)];
    const asking = await newWebhook(store, customer, { conditions: manyHits });
    const asked = { since: clock.now - 1, until: null, include: ["missed" as const] };
    expect(await store.countRecoverable(customer, asking, asked)).toMatchObject({ count: 1 });
    const started = { id: randomUUID(), customerId: customer, webhookId: asking, ...asked };
    await store.startRecovery(started, ann);
    // Others ask for less meanwhile: what it covers is closed.
    await store.updateWebhook(customer, asking, { conditions: null }, ann);
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
    expect((await claim()).map(({ event }) => event.id)).toEqual([many]);
    expect(await reasonFor(few, asking)).toEqual(["created_later", null]);
  });

  test("a recovery leaves alone what was filtered, also once less is asked", async () => {
    const asking = await newWebhook(store, customer, { conditions: manyHits });
    await publishHits(1);
    await store.updateWebhook(customer, asking, { conditions: null }, ann);
    const asked = { since: clock.now - 1, until: null, include: ["missed" as const, "failed" as const] };
    expect(await store.countRecoverable(customer, asking, asked)).toMatchObject({ count: 0 });
  });
}
