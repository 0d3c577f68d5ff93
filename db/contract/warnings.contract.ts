import { expect, test } from "vitest";
import { ann } from "../actor.kit";
import {
  attempt,
  certificateUntil,
  day,
  hour,
  minute,
  newCustomer,
  newWebhook,
  type Open,
} from "../contract.kit";
import { only, webhookScene } from "./scene.kit";

const timeoutMs = 15_000;

/** What a webhook comes close to, while everything is still delivered. */
export function warnings(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, turn, health } = webhookScene(open);
  const iso = (at: number) => new Date(at).toISOString();
  const check = async () => {
    let after: string | null = null;
    do after = await store.checkWarnings(after, timeoutMs);
    while (after !== null);
  };
  const warningsNow = async () => (await health()).warnings;

  /** Delivers so many, each in so long, over connections that show a certificate with these ends. */
  const deliver = async (count: number, durationMs: number, ends: { from?: number; to?: number } = {}) => {
    await publish(count);
    for (let left = count; left > 0; ) {
      const claims = await claim();
      left -= claims.length;
      const records = claims.map((each) => attempt(each, 200, clock.now));
      for (const { outcome } of records) {
        outcome.durationMs = durationMs;
        outcome.peer.certificate_expires_at = ends.to === undefined ? null : iso(ends.to);
        outcome.peer.certificate_valid_from = ends.from === undefined ? null : iso(ends.from);
      }
      await store.recordAttempts(records);
    }
  };
  /** What the platform's own webhook hears next. */
  const told = async () => {
    clock.now += 1;
    const claims = await turn(200);
    return claims.map(({ event }) => JSON.parse(event.payload)).map(({ type, data }) => ({ type, data }));
  };
  const hearing = () => store.setSystemWebhook({ url: "https://platform.example/hook", seal: () => null });

  test("a certificate is warned of from 14 days before its end on, and told once", async () => {
    await hearing();
    const [from, to] = [clock.now - 75 * day, clock.now + 15 * day];
    await deliver(1, 20, { from, to });
    await check();
    expect(await warningsNow()).toEqual([]);
    expect(await told()).toEqual([]);
    clock.now = to - 14 * day;
    const warning = { code: "certificate_expiring", since: clock.now, expiresAt: to };
    expect(await warningsNow()).toEqual([warning]);
    await check();
    await check();
    expect(await told()).toMatchObject([
      {
        type: "webhook.certificate_expiring",
        data: { webhook_id: webhook, customer_id: customer, certificate_expires_at: iso(to) },
      },
    ]);
    await deliver(1, 20, { from, to });
    await check();
    expect(await told()).toEqual([]);
  });

  test("a renewed certificate ends the warning, and the next one is told anew", async () => {
    await hearing();
    await deliver(1, 20, { to: clock.now + 3 * day });
    await check();
    expect(await told()).toHaveLength(1);
    await deliver(1, 20, { to: clock.now + 90 * day });
    expect(await warningsNow()).toEqual([]);
    await deliver(1, 20);
    expect(await warningsNow()).toEqual([]); // an attempt that saw none says nothing
    await deliver(1, 20, { to: clock.now + 2 * day });
    await check();
    expect(await told()).toHaveLength(1);
  });

  test("one that lasts for days is warned of in its last third alone", async () => {
    const [from, to] = [clock.now, clock.now + 6 * day];
    await deliver(1, 20, { from, to });
    expect(await warningsNow()).toEqual([]);
    clock.now = from + 4 * day;
    expect(await warningsNow()).toMatchObject([{ code: "certificate_expiring", since: clock.now }]);
  });

  test("a client certificate is warned of as well, and told once, also of a webhook that gets nothing", async () => {
    await hearing();
    const to = clock.now + 20 * day;
    const shown = { certificate: certificateUntil(to), key: "k:key" };
    await store.updateWebhook(customer, webhook, { clientCertificate: shown }, ann);
    await check();
    expect([await warningsNow(), await told()]).toEqual([[], []]);
    clock.now = to - 14 * day;
    const warning = { code: "client_certificate_expiring", since: clock.now, expiresAt: to };
    expect(await warningsNow()).toEqual([warning]);
    await check();
    await check();
    expect(await told()).toMatchObject([
      { type: "webhook.client_certificate_expiring", data: { certificate_expires_at: iso(to) } },
    ]);
    await store.updateWebhook(customer, webhook, { clientCertificate: null }, ann);
    expect(await warningsNow()).toEqual([]);
  });

  test("another URL knows nothing of the certificate before", async () => {
    await deliver(1, 20, { to: clock.now + day });
    expect(await warningsNow()).toHaveLength(1);
    await store.updateWebhook(customer, webhook, { url: "https://other.example/hook" }, ann);
    expect(await warningsNow()).toEqual([]);
  });

  test("a webhook is slow when 95 % of an hour's successes come close to the timeout, and told so once", async () => {
    await hearing();
    await deliver(20, 9_000);
    const since = clock.now;
    await check();
    await check();
    expect(await warningsNow()).toMatchObject([{ code: "slow", since }]);
    expect(await told()).toMatchObject([{ type: "webhook.slow", data: { webhook_id: webhook } }]);
    clock.now += 30 * minute;
    await deliver(400, 6_500); // better, and not clearly below
    await check();
    expect(await warningsNow()).toMatchObject([{ code: "slow", since }]);
    clock.now += hour;
    await deliver(20, 100);
    await check();
    expect(await warningsNow()).toEqual([]);
    expect(await told()).toEqual([]);
  });

  test("one with a timeout of its own is slow by half of that, and of no more than the service's", async () => {
    await store.updateWebhook(customer, webhook, { timeoutMs: 4_000 }, ann);
    await deliver(20, 2_500);
    await check();
    expect(await warningsNow()).toMatchObject([{ code: "slow" }]);
    await store.updateWebhook(customer, webhook, { timeoutMs: 60_000 }, ann);
    clock.now += 2 * hour;
    await deliver(20, 9_000);
    await check();
    expect(await warningsNow()).toMatchObject([{ code: "slow" }]);
    clock.now += 2 * hour;
    await deliver(20, 2_500);
    await check();
    expect(await warningsNow()).toEqual([]);
  });

  test("a few slow ones are no warning, and one without successes for an hour is over", async () => {
    await deliver(19, 9_000);
    await check();
    expect(await warningsNow()).toEqual([]);
    await deliver(1, 9_000);
    await check();
    expect(await warningsNow()).toHaveLength(1);
    clock.now += 2 * hour;
    await check();
    expect(await warningsNow()).toEqual([]);
  });

  test("every webhook is looked at, also beyond one batch", async () => {
    let latest = "";
    for (let nth = 0; nth < 60; nth += 1) {
      latest = await newCustomer(store);
      await newWebhook(store, latest);
    }
    await hearing();
    await publish(1, latest);
    const claimed = only(await claim());
    const record = attempt(claimed, 200, clock.now);
    record.outcome.peer.certificate_expires_at = iso(clock.now + day);
    await store.recordAttempts([record]);
    await check();
    expect(await told()).toMatchObject([{ data: { customer_id: latest } }]);
  });
}
