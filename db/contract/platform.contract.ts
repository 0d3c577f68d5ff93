import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { day, hour, newCustomer, newEvent, newWebhook, type Open } from "../contract.kit";
import { someHash } from "./access.kit";
import { webhookScene } from "./scene.kit";

/** What operators see and do across customers. */
export function platform(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, turn, delivery, openBreaker } = webhookScene(open);
  const beat = () => store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
  const survey = async (range: { search?: string; onlyTroubled?: boolean } = {}) =>
    (await store.surveyCustomers({ pageSize: 10, onlyTroubled: false, since: clock.now - day, ...range }))
      .items;
  const finds = async (id: string) =>
    (await store.findAnywhere(id)).map(({ kind, customer: { id } }) => [kind, id]);

  test("a pause of all delivery is told to workers with their heartbeat, and to customers as what holds", async () => {
    const [id = ""] = await publish();
    expect(await beat()).toEqual({ isAllPaused: false });
    expect(await store.pauseDelivery({ ...ann, name: "Ada" })).toEqual({
      pausedAt: clock.now,
      pausedBy: "Ada",
    });
    expect(await beat()).toEqual({ isAllPaused: true });
    expect((await delivery(id)).delivery).toMatchObject({
      status: "pending",
      held: "platform",
      nextAttemptAt: null,
    });
    expect(await store.resumeDelivery(ann)).toBe(true);
    expect(await beat()).toEqual({ isAllPaused: false });
    expect((await delivery(id)).delivery).toMatchObject({ held: null });
    expect(await claim()).toHaveLength(1);
  });

  test("it began when it was asked for first, and is resumed once", async () => {
    const first = await store.pauseDelivery({ ...ann, name: "Ada" });
    clock.now += hour;
    expect(await store.pauseDelivery({ ...ann, name: "Bob" })).toEqual(first);
    expect(await store.findDeliveryPause()).toEqual(first);
    expect(await store.resumeDelivery(ann)).toBe(true);
    expect(await store.resumeDelivery(ann)).toBe(false);
    expect(await store.findDeliveryPause()).toBeNull();
    expect(await store.pauseDelivery({ ...ann, name: null })).toEqual({
      pausedAt: clock.now,
      pausedBy: null,
    });
  });

  test("what a webhook holds itself is told before it, and a test is not held", async () => {
    const [id = ""] = await publish();
    await store.pauseDelivery({ ...ann, name: null });
    const testing = { customerId: customer, webhookId: webhook, type: "search_completed", dataJson: "{}" };
    await store.createTest({ ...testing, eventId: "a-test" }, ann);
    expect((await delivery("a-test")).delivery.held).toBeNull();
    await store.pauseWebhook(customer, webhook, null, ann);
    expect((await delivery(id)).delivery.held).toBe("paused");
  });

  test("a survey tells how delivery to each customer goes", async () => {
    await store.renameCustomer(customer, "Contoso", ann);
    await newWebhook(store, customer, { isActive: false });
    const paused = await newWebhook(store, customer, { events: [] });
    await store.pauseWebhook(customer, paused, null, ann);
    const quiet = await newCustomer(store);
    await openBreaker();
    expect(await survey()).toMatchObject([
      { id: quiet, webhooks: { active: 0, failing: 0, paused: 0, disabled: 0 }, lastEventAt: null },
      {
        id: customer,
        name: "Contoso",
        webhooks: { active: 0, failing: 1, paused: 1, disabled: 1 },
        pending: 5,
        held: 5,
        lastEventAt: clock.now - 20,
        failedAttempts: 5,
      },
    ]);
    clock.now += 2 * day;
    expect(await survey()).toMatchObject([{}, { failedAttempts: 0 }]);
    await newWebhook(store, quiet);
    expect((await survey({ onlyTroubled: true })).map(({ id }) => id)).toEqual([customer]);
  });

  test("a webhook that was switched off by hand is no trouble, one by the service is", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    expect(await survey({ onlyTroubled: true })).toEqual([]);
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    await publish();
    await turn(410);
    expect(await survey({ onlyTroubled: true })).toMatchObject([{ webhooks: { disabled: 1 } }]);
  });

  test("a survey is searched by name, id and external id, and goes on page by page", async () => {
    const made = [];
    for (const externalId of ["acme-1", "acme-2", "other"]) {
      const each = { id: crypto.randomUUID(), name: `Firm 100% of ${externalId}`, externalId };
      await store.createCustomer(each, ann);
      made.unshift(each.id);
    }
    const found = async (search: string) => (await survey({ search })).map(({ id }) => id);
    expect(await found("ACME")).toEqual(made.slice(1));
    expect(await found("firm 100%")).toEqual(made);
    expect(await found("100% x")).toEqual([]);
    expect(await found(customer)).toEqual([customer]);
    const page = { pageSize: 2, onlyTroubled: false, since: 0, search: "firm" };
    const first = await store.surveyCustomers(page);
    const rest = await store.surveyCustomers({ ...page, cursor: first.next ?? "" });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(made);
    expect(rest.next).toBeNull();
  });

  test("an id is found whosever it is", async () => {
    const other = await newCustomer(store);
    const ids = [customer, other].map((to) => newEvent(to, { id: "shared-id" }));
    for (const event of ids) await store.publishEvents([event]);
    expect(await finds("shared-id")).toEqual([
      ["event", customer],
      ["event", other],
    ]);
    expect(await store.findAnywhere(webhook)).toMatchObject([
      { kind: "webhook", webhookId: webhook, webhookUrl: "https://receiver.example/hook" },
    ]);
    expect(await finds(customer)).toEqual([["customer", customer]]);
    expect(await finds("nobody's")).toEqual([]);
    await store.deleteCustomer(other, ann);
    expect(await finds("shared-id")).toEqual([["event", customer]]);
    expect(await finds(other)).toEqual([]);
  });

  test("an hour's outcomes are those of all customers", async () => {
    const at = Math.floor(clock.now / hour) * hour;
    expect(await store.countOutcomes(at)).toEqual({ delivered: 0, failed: 0 });
    const other = await newCustomer(store);
    await newWebhook(store, other);
    await publish(2);
    await publish(1, other);
    await turn(200);
    await publish();
    await turn(500);
    expect(await store.countOutcomes(at)).toEqual({ delivered: 3, failed: 1 });
    expect(await store.countOutcomes(at - hour)).toEqual({ delivered: 0, failed: 0 });
  });

  test("a customer is renamed, by either id", async () => {
    expect(await store.renameCustomer("nobody", "Contoso", ann)).toBeNull();
    expect(await store.renameCustomer(customer, "Contoso", ann)).toMatchObject({
      id: customer,
      name: "Contoso",
    });
    expect(await store.findCustomer(customer)).toMatchObject({ name: "Contoso" });
  });

  test("an operator's session ends by its time, and by hand", async () => {
    const hash = someHash();
    await store.createPlatformSession({ hash, name: "Ada", lastsMs: hour });
    expect(await store.findPlatformSession(hash)).toEqual({ name: "Ada", expiresAt: clock.now + hour });
    clock.now += hour;
    expect(await store.findPlatformSession(hash)).toBeNull();
    const second = someHash();
    await store.createPlatformSession({ hash: second, name: "Bob", lastsMs: hour });
    await store.endPlatformSession(second);
    expect(await store.findPlatformSession(second)).toBeNull();
  });
}
