import { createHash } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { ann } from "../actor.kit";
import { day, newEvent, newWebhook, type Open } from "../contract.kit";
import type { LedgerCount, LedgerLine, LedgerRange } from "../store";
import { webhookScene } from "./scene.kit";

/** What became of each event for each webhook that it matched, line by line. */
export function ledger(open: Open): void {
  const { store, clock, customer, webhook, publish, claim, record, turn } = webhookScene(open);
  let start: number;
  beforeEach(() => {
    start = clock.now;
  });
  const read = async (range: Partial<LedgerRange> = {}) => {
    const lines: LedgerLine[] = [];
    const asked = { since: 0, until: clock.now + day, ...range };
    let looks = 0;
    for (let after: string | null = null; ; looks += 1) {
      const found = await store.listLedger(customer, asked, after);
      if (!found) throw new Error("There is no such ledger.");
      lines.push(...found.lines);
      if (found.next === null) break;
      after = found.next;
    }
    const nameOf = ({ webhookId, isWebhookDeleted, status }: Omit<LedgerCount, "count">) =>
      [webhookId, isWebhookDeleted, status].join();
    const listed = new Map<string, number>();
    for (const line of lines) listed.set(nameOf(line), (listed.get(nameOf(line)) ?? 0) + 1);
    const counted = (await store.countLedger(customer, asked, null))?.counts ?? [];
    expect(new Map(counted.map((each) => [nameOf(each), each.count]))).toEqual(listed);
    return { lines, looks: looks + 1 };
  };

  test("an event has a line for each webhook that it matched, with how it ended", async () => {
    const off = await newWebhook(store, customer, { isActive: false });
    await newWebhook(store, customer, { events: ["flow_run_failed"] });
    const [id = ""] = await publish();
    clock.now += 500;
    await turn(200);
    const common = { eventId: id, eventType: "search_completed", acceptedAt: start, isWebhookDeleted: false };
    expect((await read()).lines).toMatchObject([
      {
        ...common,
        webhookId: webhook,
        status: "delivered",
        endedAt: clock.now,
        attempts: 1,
        statusCode: 200,
        errorCode: null,
      },
      {
        ...common,
        webhookId: off,
        status: "missed",
        endedAt: null,
        attempts: 0,
        statusCode: null,
        errorCode: null,
      },
    ]);
  });

  test("of what failed without an answer, the error's code is told", async () => {
    await publish();
    await turn("timeout");
    expect((await read()).lines).toMatchObject([
      { status: "pending", endedAt: null, attempts: 1, statusCode: null, errorCode: "response_timeout" },
    ]);
  });

  test("a range holds its beginning, and not its end", async () => {
    await publish();
    clock.now += 1_000;
    const [second = ""] = await publish();
    clock.now += 1_000;
    await publish();
    const range = { since: start + 1_000, until: start + 2_000 };
    expect((await read(range)).lines.map(({ eventId }) => eventId)).toEqual([second]);
  });

  test("of one webhook, only its lines are told", async () => {
    await newWebhook(store, customer);
    await publish(2);
    expect((await read()).lines).toHaveLength(4);
    const { lines } = await read({ webhookId: webhook });
    expect(lines.map(({ webhookId }) => webhookId)).toEqual([webhook, webhook]);
  });

  test("tests are left out", async () => {
    const about = { customerId: customer, webhookId: webhook, dataJson: "{}" };
    await store.createTest({ ...about, eventId: "test", type: "search_completed" }, ann);
    expect((await read()).lines).toEqual([]);
  });

  test("a proof has the digest of the body, where it went, and when it was signed", async () => {
    const event = newEvent(customer, { dataJson: `{"name":"Zoë ☂"}` });
    await store.publishEvents([event]);
    const body = (await store.getEvent(customer, event.id))?.event.payload ?? "";
    const bodySha256 = createHash("sha256").update(body).digest("hex");
    const proof = async () => (await read()).lines.map((line) => line.proof);
    expect(await proof()).toEqual([{ url: "https://receiver.example/hook", signedAt: null, bodySha256 }]);
    await turn(200);
    await store.updateWebhook(customer, webhook, { url: "https://moved.example/" }, ann);
    expect(await proof()).toMatchObject([{ url: "https://receiver.example/hook", bodySha256 }]);
  });

  test("the lines of a deleted webhook stay, and can be told from those of others", async () => {
    await publish();
    await turn(200);
    await store.deleteWebhook(customer, webhook, ann);
    expect((await read()).lines).toMatchObject([
      { webhookId: webhook, isWebhookDeleted: true, status: "delivered" },
    ]);
    const range = { webhookId: webhook, since: 0, until: clock.now };
    expect(await store.listLedger(customer, range, null)).toBeNull();
  });

  test("a long range comes in several looks, each event once and in order", async () => {
    const ids: string[] = [];
    for (let batch = 0; batch < 3; batch += 1) {
      ids.push(...(await publish(50)));
      clock.now += 1;
    }
    const { lines, looks } = await read();
    expect(lines.map(({ eventId }) => eventId)).toEqual(ids);
    expect(looks).toBeGreaterThan(2);
  });

  test("a long range is counted in several looks, each event once, also of those of one moment", async () => {
    for (let batch = 0; batch < 6; batch += 1) await publish(900);
    const range = { since: 0, until: clock.now + 1 };
    const looks: number[] = [];
    for (let after: string | null = null; ; ) {
      const found = await store.countLedger(customer, range, after);
      if (!found) throw new Error("There is no such ledger.");
      looks.push(found.counts.reduce((sum, { count }) => sum + count, 0));
      if (found.next === null) break;
      after = found.next;
    }
    expect(looks).toEqual([5_000, 400]);
  });

  test("what was recovered is a delivery, and missed no longer", async () => {
    await store.updateWebhook(customer, webhook, { isActive: false }, ann);
    await publish();
    await store.updateWebhook(customer, webhook, { isActive: true }, ann);
    const range = { since: 0, until: null, include: ["missed" as const] };
    await store.startRecovery({ id: "r", customerId: customer, webhookId: webhook, ...range }, ann);
    while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
    const claims = await claim();
    for (const each of claims) await record(each, 200);
    expect((await read()).lines).toMatchObject([{ status: "delivered", attempts: 1 }]);
  });

  test("nobody reads the lines of another customer", async () => {
    await publish();
    await store.createCustomer({ id: "other", name: "Other", externalId: null }, ann);
    const range = { since: 0, until: clock.now + 1 };
    expect(await store.listLedger("other", range, null)).toEqual({ lines: [], next: null });
    expect(await store.listLedger("other", { ...range, webhookId: webhook }, null)).toBeNull();
    expect(await store.listLedger("nobody", range, null)).toBeNull();
    expect(await store.countLedger("other", range, null)).toEqual({ counts: [], next: null });
    expect(await store.countLedger("other", { ...range, webhookId: webhook }, null)).toBeNull();
    expect(await store.countLedger("nobody", range, null)).toBeNull();
  });
}
