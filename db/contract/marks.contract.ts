import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { markLimits } from "@/domain/limits";
import { ann } from "../actor.kit";
import { day, hour, newCustomer, newWebhook, type Open } from "../contract.kit";
import { webhookScene } from "./scene.kit";

/** What customers say happened. */
export function marks(open: Open): void {
  const { store, clock, customer, webhook } = webhookScene(open);
  const make = (name: string, more: { webhookId?: string; at?: number } = {}) => {
    const mark = {
      id: randomUUID(),
      webhookId: more.webhookId ?? null,
      name,
      url: null,
      at: more.at ?? null,
    };
    return store.createMark(customer, mark, ann);
  };
  const names = async (webhookId?: string, since = clock.now - hour, until = clock.now + hour) =>
    (await store.listMarks(customer, { webhookId, since, until })).map(({ name }) => name);

  test("a mark is of now unless it says when, and of all webhooks unless it names one", async () => {
    const other = await newWebhook(store, customer);
    await make("1.1", { webhookId: webhook });
    await make("1.0", { at: clock.now - 60_000 });
    await make("2.0", { webhookId: other });
    expect(await names()).toEqual(["1.0", "1.1", "2.0"]);
    expect(await names(webhook)).toEqual(["1.0", "1.1"]);
    expect(await names(undefined, clock.now)).toEqual(["1.1", "2.0"]);
    expect(await names(undefined, clock.now - hour, clock.now)).toEqual(["1.0"]);
    const [first] = await store.listMarks(customer, { since: 0, until: clock.now + 1 });
    expect(first).toEqual({ id: first?.id, webhookId: null, name: "1.0", url: null, at: clock.now - 60_000 });
  });

  test("a mark is taken away by its customer, once, and goes with its webhook", async () => {
    const made = await make("wrong");
    if (typeof made === "string") throw new Error(made);
    const stranger = await newCustomer(store);
    expect(await store.deleteMark(stranger, made.id, ann)).toBe(false);
    expect(await store.deleteMark(customer, made.id, ann)).toBe(true);
    expect(await store.deleteMark(customer, made.id, ann)).toBe(false);
    await make("of it", { webhookId: webhook });
    await store.deleteWebhook(customer, webhook, ann);
    expect(await names()).toEqual([]);
    expect(await make("of what is gone", { webhookId: webhook })).toBe("not_found");
  });

  test("who posts a mark, and who takes it away, is told", async () => {
    const at = clock.now - 60_000;
    const made = await make("1.0", { webhookId: webhook, at });
    if (typeof made === "string") throw new Error(made);
    await store.deleteMark(customer, made.id, ann);
    await store.deleteMark(customer, made.id, ann);
    const { items } = await store.listAuditLog(customer, { pageSize: 10 });
    const subject = { id: made.id, name: "1.0" };
    const changes = [
      { field: "webhook_id", from: null, to: webhook },
      { field: "at", from: null, to: new Date(at).toISOString() },
    ];
    expect(items.filter(({ action }) => action.startsWith("mark."))).toMatchObject([
      { action: "mark.deleted", subject, changes, by: ann },
      { action: "mark.posted", subject, changes, by: ann },
    ]);
  });

  test("another customer's webhook takes no mark, and its marks are not seen", async () => {
    const stranger = await newCustomer(store);
    const foreign = await newWebhook(store, stranger);
    expect(await make("mine", { webhookId: foreign })).toBe("not_found");
    expect(await store.listMarks(stranger, { since: 0, until: clock.now + hour })).toEqual([]);
    expect(await names(foreign)).toEqual([]);
  });

  test("so many a day are taken, and kept as long as charts show them", async () => {
    await Promise.all(Array.from({ length: markLimits.perDay }, (_, n) => make(String(n))));
    expect(await make("one more")).toBe("limit_reached");
    clock.now += day;
    expect(await make("tomorrow")).toMatchObject({ name: "tomorrow" });
    clock.now += markLimits.keptMs - hour;
    while (await store.maintain({ retentionMs: 90 * day, longestPauseMs: day }));
    expect(await names(undefined, 0)).toEqual(["tomorrow"]);
  });
}
