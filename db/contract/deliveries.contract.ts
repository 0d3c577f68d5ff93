import { expect, test } from "vitest";
import type { Peer, ResponseHeaders, Timings } from "@/domain/delivery/outcome";
import { sentHeaders } from "@/domain/delivery/sent-headers";
import { ann } from "../actor.kit";
import { attempt, type End, hour, newCustomer, newEvent, newWebhook, type Open } from "../contract.kit";
import type { AttemptFilter, Claim, DeliveryFilter } from "../store";
import { webhookScene } from "./scene.kit";

/** Deliveries that are listed, searched and followed. */
export function deliveries(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, turn } = webhookScene(open);
  const list = async (filter: Partial<DeliveryFilter> = {}) => {
    const page = await store.listDeliveries(customer, { content: false, pageSize: 50, ...filter });
    if (!page) throw new Error("The webhook is not there.");
    return page;
  };

  test("pages follow each other newest first without gap or overlap", async () => {
    const ids = [];
    for (let n = 0; n < 7; n += 1) ids.unshift(...(await publish()));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ webhookId: webhook, pageSize: 3, cursor });
      seen.push(...page.items.map(({ eventId }) => eventId));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toEqual(ids);
  });

  test("filters narrow the list", async () => {
    const [first = ""] = await publish();
    await turn(200);
    const [second = ""] = await publish();
    await turn(503);
    const ids = async (filter: Partial<DeliveryFilter>) =>
      (await list(filter)).items.map(({ eventId }) => eventId);
    expect(await ids({ status: "delivered" })).toEqual([first]);
    expect(await ids({ codeClass: 5 })).toEqual([second]);
    expect(await ids({ codeClass: 0 })).toEqual([]);
    expect(await ids({ webhookId: webhook, status: "pending" })).toEqual([second]);
    expect(await ids({ since: clock.now + 1 })).toEqual([]);
    expect(await ids({ until: clock.now - hour })).toEqual([]);
    expect(await ids({ eventType: "flow_run_failed" })).toEqual([]);
    expect(await ids({ text: first })).toEqual([first]);
    expect(await ids({ text: '"data":{}' })).toEqual([second, first]);
  });

  test("a list of what was attempted in a time goes by when attempts began, and by what they came to", async () => {
    const begin = clock.now;
    const [first = ""] = await publish();
    await turn(503);
    clock.now += hour;
    const [second = ""] = await publish();
    await turn(200);
    const attempted = async (hours: number, filter: Partial<AttemptFilter> = {}) => {
      const since = begin + hours * hour;
      const found = await list({ attempted: { since, until: since + hour, ...filter } });
      return found.items.map(({ eventId }) => eventId);
    };
    expect(await attempted(0)).toEqual([first]);
    expect(await attempted(0, { outcome: "failed" })).toEqual([first]);
    expect(await attempted(0, { outcome: "delivered" })).toEqual([]);
    // The retry of the first fell into the next hour, as the chart counts it.
    expect(await attempted(1)).toEqual([second, first]);
    expect(await attempted(1, { outcome: "delivered", answer: 200 })).toEqual([second, first]);
    expect(await attempted(1, { answer: 503 })).toEqual([]);
    expect(await attempted(0, { answer: 503 })).toEqual([first]);
    expect(await attempted(0, { answer: "dns_error" })).toEqual([]);
    expect(await attempted(2)).toEqual([]);
    const narrowed = { attempted: { since: begin, until: begin + hour }, text: second };
    expect((await list(narrowed)).items).toEqual([]);
  });

  test("an attempt that got no answer is found by its error, and a test by nothing of the kind", async () => {
    const [id = ""] = await publish();
    await turn("timeout");
    const eventId = "a-test";
    await store.createTest(
      { customerId: customer, webhookId: webhook, eventId, type: "search_completed", dataJson: "{}" },
      ann,
    );
    const attempted = { since: clock.now - hour, until: clock.now + hour };
    const ids = async (filter: AttemptFilter) =>
      (await list({ attempted: filter })).items.map((delivery) => delivery.eventId);
    expect(await ids({ ...attempted, answer: "response_timeout" })).toEqual([id]);
    expect(await ids(attempted)).toEqual([id]);
  });

  test("content is what was sent and what came back, and only when asked for", async () => {
    await publish();
    await turn(200, { server: "nginx" });
    expect((await list()).items[0]?.content).toBeUndefined();
    const content = (await list({ content: true })).items[0]?.content;
    expect(content?.payload).toContain('"type":"search_completed"');
    expect(content?.request).toEqual({
      url: "https://receiver.example/hook",
      headers: { "X-Attempt": "1" },
    });
    expect(content?.response).toMatchObject({ headers: { server: "nginx" }, truncated: false });
    expect(Buffer.from(content?.response?.body ?? []).toString()).toBe("answer");
  });

  test.each<[string, End, ResponseHeaders]>([
    ["a redirect", 302, { location: "https://receiver.example/\0\ud800", "x-odd": "\0" }],
    ["a refusal", 422, { "x-odd": ["\0", "\ud800"] }],
    ["what is no answer", { code: "protocol_error", message: "It said \0\ud800." }, {}],
  ])("%s with characters that no text can hold is on record", async (_, end, headers) => {
    const [id = ""] = await publish();
    const [claimed] = await claim();
    if (!claimed) throw new Error("Nothing was claimed.");
    const ended = attempt(claimed, end, clock.now, headers, "\0 \0");
    expect(await store.recordAttempts([ended])).toEqual(["recorded"]);
    const found = await store.getDelivery(customer, webhook, id);
    const response = ended.outcome.kind === "response" ? { headers, body: Buffer.from("\0 \0") } : null;
    expect(found?.attempts[0]?.response ?? null).toEqual(response && { ...response, truncated: false });
    expect((await store.getWebhook(customer, webhook))?.lastError?.message).toMatch(
      /^(The endpoint|It said)/,
    );
  });

  test.each<[string, (claimed: Claim) => Record<string, string>]>([
    ["Fanfare's own headers", (claimed) => sentHeaders(headingOf(claimed))],
    [
      "these and a webhook's own",
      (claimed) => ({ ...sentHeaders(headingOf(claimed)), "X-Env": "live", Authorization: "hidden" }),
    ],
    ["others", (claimed) => ({ ...sentHeaders(headingOf(claimed)), "X-Attempt": "another" })],
    ["none", () => ({})],
  ])("a request with %s is remembered as it was", async (_, headersOf) => {
    const [eventId = ""] = await publish();
    const [claimed] = await claim();
    if (!claimed) throw new Error("Nothing was claimed.");
    const request = { url: "https://receiver.example/before", headers: headersOf(claimed) };
    await store.recordAttempts([{ ...attempt(claimed, 200, clock.now), request }]);
    const found = await store.getDelivery(customer, webhook, eventId);
    const text = JSON.stringify(request); // the order of names counts too
    expect(JSON.stringify(found?.attempts[0]?.request)).toBe(text);
    expect(JSON.stringify(found?.delivery.content?.request)).toBe(text);
  });

  test.each<[Timings, Peer]>([
    [
      { dns: 0, connect: 0.1, tls: 12.5, first_byte: 30_000, body: 7 },
      {
        address: "2001:db8::1",
        tls_version: "TLSv1.3",
        certificate_expires_at: "2027-02-03T04:05:06.000Z",
        reused: false,
      },
    ],
    [
      { dns: null, connect: null, tls: null, first_byte: 0.4, body: null },
      { address: "192.0.2.1", tls_version: "TLSv1.2", certificate_expires_at: null, reused: true },
    ],
    [
      { dns: null, connect: null, tls: null, first_byte: null, body: null },
      { address: null, tls_version: null, certificate_expires_at: null, reused: false },
    ],
    [
      { dns: null, connect: 0.2, tls: 3, first_byte: null, body: null },
      {
        address: "192.0.2.1",
        tls_version: null,
        certificate_expires_at: null,
        reused: false,
        facts: {
          alert: 40,
          reason: "sslv3 alert handshake failure",
          chain: [
            { subject: "CN=a", issuer: "CN=b", validFrom: null, validTo: null, names: ["DNS:ä.example, b"] },
          ],
          firstBytes: "FQMDAAICKA==",
          resent: true,
          idleMs: 1_000,
        },
      },
    ],
  ])("an attempt keeps its timings and its peer: %j, %j", async (timings, peer) => {
    const [eventId = ""] = await publish();
    const [claimed] = await claim();
    if (!claimed) throw new Error("Nothing was claimed.");
    const record = attempt(claimed, 200, clock.now);
    await store.recordAttempts([{ ...record, outcome: { ...record.outcome, timings, peer } }]);
    const found = await store.getDelivery(customer, webhook, eventId);
    expect(found?.attempts[0]).toMatchObject({ timings, peer });
  });

  test("a page with content ends at about 4 MiB and goes on on the next", async () => {
    const dataJson = JSON.stringify({ text: "x".repeat(250_000) });
    const events = Array.from({ length: 20 }, (_, n) => ({
      customer,
      id: `large-${n}`,
      type: "search_completed",
      dataJson,
      contentHash: "",
    }));
    await store.publishEvents(events);
    const first = await list({ content: true });
    expect(first.items.length).toBeLessThan(20);
    const rest = await list({ content: true, cursor: first.next ?? undefined });
    expect(first.items.length + rest.items.length).toBe(20);
  });

  test("a text search reads so many bytes for a page, says how far back that was, and goes on on the next", async () => {
    const dataJson = JSON.stringify({ text: "x".repeat(250_000) });
    for (let n = 0; n < 100; n += 20) {
      await store.publishEvents(Array.from({ length: 20 }, () => newEvent(customer, { dataJson })));
    }
    let page = await list({ text: "nowhere" });
    expect(page.searchedBackTo).not.toBeNull();
    let pages = 1;
    for (; page.next !== null; pages += 1) page = await list({ text: "nowhere", cursor: page.next });
    expect(pages).toBe(2);
  });

  test("another customer's webhook lists nothing", async () => {
    const other = await newCustomer(store);
    await publish();
    expect(
      await store.listDeliveries(other, { webhookId: webhook, content: false, pageSize: 50 }),
    ).toBeNull();
    expect((await store.listDeliveries(other, { content: false, pageSize: 50 }))?.items).toEqual([]);
  });

  test("a follower sees every delivery that changed, from where it stopped", async () => {
    const start = await store.listChanges(customer, { after: null, limit: 10 });
    const ids = await publish(3);
    const first = await store.listChanges(customer, { after: start.cursor, limit: 2 });
    const second = await store.listChanges(customer, { after: first.cursor, limit: 2 });
    expect([...first.items, ...second.items].map(({ delivery }) => delivery.eventId)).toEqual(ids);
    await claim();
    expect((await store.listChanges(customer, { after: second.cursor, limit: 2 })).items).toEqual([]);
    await store.cancelPending(customer, webhook, ann);
    clock.now += 25_000;
    expect(await store.cancelPending(customer, webhook, ann)).toBe(3);
    const third = await store.listChanges(customer, { after: second.cursor, limit: 2 });
    const fourth = await store.listChanges(customer, { after: third.cursor, limit: 2 });
    expect([...third.items, ...fourth.items].map(({ delivery }) => delivery.status)).toEqual(
      ids.map(() => "cancelled"),
    );
  });

  test("a follower comes past the changes of a deleted webhook, a bounded number at a look", async () => {
    const start = await store.listChanges(customer, { after: null, limit: 10 });
    await publish(5);
    await newWebhook(store, customer, { events: ["flow_run_failed"] });
    const event = newEvent(customer, { type: "flow_run_failed" });
    await store.publishEvents([event]);
    await store.deleteWebhook(customer, webhook, ann);
    const seen: string[] = [];
    let looks = 0;
    for (let at = start; looks === 0 || at.hasMore; looks += 1) {
      at = await store.listChanges(customer, { after: at.cursor, limit: 2 });
      seen.push(...at.items.map(({ delivery }) => delivery.eventId));
    }
    expect(seen).toEqual([event.id]);
    expect(looks).toBe(4);
  });

  test("of many customers, those are told of whose deliveries changed", async () => {
    const quiet = await newCustomer(store);
    const busy = await newCustomer(store);
    await newWebhook(store, busy);
    const all = [quiet, customer, busy];
    const first = await store.listChangedCustomers(all, null);
    expect(first.customerIds.sort()).toEqual(all.sort());
    expect((await store.listChangedCustomers(all, first.latest)).customerIds).toEqual([]);
    await publish(2, busy);
    const second = await store.listChangedCustomers(all, first.latest);
    expect(second.customerIds).toEqual([busy]);
    await turn(200);
    await publish();
    const third = await store.listChangedCustomers(all, second.latest);
    expect(third.customerIds.sort()).toEqual([customer, busy].sort());
    expect((await store.listChangedCustomers([quiet], first.latest)).customerIds).toEqual([]);
    expect((await store.listChangedCustomers(all, third.latest)).customerIds).toEqual([]);
  });

  test("listeners hear of changes", async () => {
    const heard = new Promise<void>((resolve) => store.onChange(resolve));
    await publish();
    await expect(heard).resolves.toBeUndefined();
  });
}

const headingOf = ({ webhook, event, number, reason }: Claim) => ({
  webhookId: webhook.id,
  eventId: event.id,
  customerId: webhook.customerId,
  eventType: event.type,
  number,
  reason,
  sentBy: "1.2.3",
  signedAt: 1_767_225_599,
});
