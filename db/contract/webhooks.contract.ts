import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import { attempt, certificateUntil, day, newCustomer, newWebhook, type Open } from "../contract.kit";
import { customerScene, only } from "./scene.kit";

/** Webhooks, their limit and their changes. */
export function webhooks(open: Open): void {
  const { store, clock, customer, publish, claim, turn } = customerScene(open);
  const webhookOf = async (id: string) => {
    const found = await store.getWebhook(customer, id);
    if (!found) throw new Error("The webhook is not there.");
    return found;
  };

  test("a customer has at most 10, also when 15 are added at once", async () => {
    const made = await Promise.allSettled(Array.from({ length: 15 }, () => newWebhook(store, customer)));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect(await store.listWebhooks(customer)).toHaveLength(10);
  });

  test("a deleted one makes room", async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => newWebhook(store, customer)));
    expect(await store.deleteWebhook(customer, ids[0] as string, ann)).toBe(true);
    await expect(newWebhook(store, customer)).resolves.toBeTypeOf("string");
  });

  test("the list is newest first and only the customer's own", async () => {
    const other = await newCustomer(store);
    await newWebhook(store, other);
    const first = await newWebhook(store, customer);
    const second = await newWebhook(store, customer);
    expect((await store.listWebhooks(customer)).map(({ id }) => id)).toEqual([second, first]);
  });

  test("another customer can neither see nor change nor delete it", async () => {
    const id = await newWebhook(store, customer);
    const other = await newCustomer(store);
    expect(await store.getWebhook(other, id)).toBeNull();
    expect(await store.updateWebhook(other, id, { isActive: false }, ann)).toBeNull();
    expect(await store.deleteWebhook(other, id, ann)).toBe(false);
    expect(await store.getSecrets(other, id)).toBeNull();
    expect((await webhookOf(id)).isActive).toBe(true);
  });

  test("a change keeps what it does not name", async () => {
    const id = await newWebhook(store, customer, { description: "CRM", secret: "k:sealed" });
    clock.now += 5;
    const changed = await store.updateWebhook(customer, id, { events: ["flow_run_failed"] }, ann);
    expect(changed).toMatchObject({ description: "CRM", hasSecret: true, events: ["flow_run_failed"] });
    expect(changed).toMatchObject({ updatedAt: clock.now });
  });

  test("a claim shows the client certificate of its webhook, until that is taken away", async () => {
    const certificate = certificateUntil(clock.now + day);
    const id = await newWebhook(store, customer, { clientCertificate: certificate, clientKey: "k:old" });
    expect(await store.updateWebhook(customer, id, { description: "CRM" }, ann)).toMatchObject({
      clientCertificate: certificate,
    });
    const shown = async () => {
      await publish(1);
      const { webhook } = only(await claim());
      return [webhook.clientCertificate, webhook.clientKey];
    };
    expect(await shown()).toEqual([certificate, "k:old"]);
    const renewed = certificateUntil(clock.now + 2 * day);
    await store.updateWebhook(
      customer,
      id,
      { clientCertificate: { certificate: renewed, key: "k:new" } },
      ann,
    );
    expect(await shown()).toEqual([renewed, "k:new"]);
    await store.updateWebhook(customer, id, { clientCertificate: null }, ann);
    expect(await shown()).toEqual([null, null]);
  });

  test("a new client certificate closes the breaker and clears the countdown", async () => {
    const id = await newWebhook(store, customer);
    await publish(5);
    await turn(403);
    expect(await webhookOf(id)).toMatchObject({ countdown: {}, breaker: expect.anything() });
    const shown = { certificate: certificateUntil(clock.now + day), key: "k:key" };
    await store.updateWebhook(customer, id, { clientCertificate: shown }, ann);
    expect(await webhookOf(id)).toMatchObject({ countdown: null, breaker: null });
  });

  test("a new URL closes the breaker and clears the countdown", async () => {
    const id = await newWebhook(store, customer);
    await publish(5);
    await turn(500);
    expect(await webhookOf(id)).toMatchObject({
      countdown: { failures: 5 },
      breaker: expect.anything(),
    });
    const changed = await store.updateWebhook(customer, id, { url: "https://receiver.example/new" }, ann);
    expect(changed).toMatchObject({ countdown: null, breaker: null });
  });

  test("an attempt at the old URL no longer judges the webhook", async () => {
    const id = await newWebhook(store, customer);
    await publish();
    const claimed = only(await claim());
    await store.updateWebhook(customer, id, { url: "https://receiver.example/new" }, ann);
    expect(await store.recordAttempts([attempt(claimed, 410, clock.now)])).toEqual(["recorded"]);
    expect(await webhookOf(id)).toMatchObject({ isActive: true, countdown: null, lastStatusCode: 410 });
  });
}
