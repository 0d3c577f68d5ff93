import { beforeEach, expect, test } from "vitest";
import { ann } from "../actor.kit";
import { day, minute, newCustomer, newEvent, newWebhook, type Open } from "../contract.kit";
import type { DeliveryFilter, EventFilter } from "../store";
import { webhookScene } from "./scene.kit";

/** Events whose data is looked through, by the index and without it. */
export function search(open: Open): void {
  const { store, clock, customer, turn } = webhookScene(open);

  /** More than one batch of the index. */
  const many = 1_100;
  const data = (index: number) => ({
    case_id: `C-${index}`,
    state: index % 2 ? "open" : "closed",
    list: ["a", `b-${index}`],
  });
  const publishData = async (contents: object[], to = customer) => {
    const events = contents.map((content) => newEvent(to, { dataJson: JSON.stringify(content) }));
    await store.publishEvents(events);
    return events.map(({ id }) => id);
  };
  const buildIndex = async (isWanted = true) => {
    while (await store.keepSearchIndex(isWanted));
  };
  const deliveries = async (filter: Partial<DeliveryFilter>, of = customer) => {
    const page = await store.listDeliveries(of, { content: false, pageSize: 50, ...filter });
    if (!page) throw new Error("The customer is not there.");
    return page;
  };
  const events = (filter: Partial<EventFilter>, of = customer) =>
    store.listEvents(of, { pageSize: 50, ...filter });

  let ids: string[];
  beforeEach(async () => {
    ids = await publishData(Array.from({ length: many }, (_, index) => data(index)));
    await buildIndex();
  });

  test("a value is found by the index at any age, with its place, in deliveries and in events", async () => {
    const found = { searchedBy: "index", searchedBackTo: null, next: null };
    for (const [text, place] of [
      ["C-7", "data.case_id"],
      ["data.case_id = C-7", "data.case_id"],
      ["list = b-7", "data.list[1]"],
    ]) {
      const hit = { path: place, excerpt: text?.split(" ").at(-1) };
      expect(await deliveries({ text })).toMatchObject({ ...found, items: [{ eventId: ids[7], hit }] });
      expect(await events({ text })).toMatchObject({ ...found, items: [{ id: ids[7], hit }] });
    }
  });

  test("a path finds the value at that place alone", async () => {
    expect(await deliveries({ text: "data.state = C-7" })).toMatchObject({ items: [], searchedBy: "index" });
    expect(await events({ text: "data.state = C-7" })).toMatchObject({ items: [], searchedBy: "index" });
  });

  test("what came after the index was built is found too", async () => {
    const [late = ""] = await publishData([{ case_id: "late" }, { case_id: "later" }]);
    expect(await deliveries({ text: "case_id = late" })).toMatchObject({
      searchedBy: "index",
      items: [{ eventId: late }],
    });
    expect(await events({ text: "late" })).toMatchObject({ searchedBy: "index", items: [{ id: late }] });
  });

  test("a value with quotes is found as people write it, in the index, after it and without it", async () => {
    const text = 'say "hi" \\ there';
    const [late = ""] = await publishData([{ note: text }]);
    const isIn = { items: [{ id: late, hit: { path: "data.note", excerpt: text } }] };
    expect(await events({ text })).toMatchObject({ ...isIn, searchedBy: "index" });
    await publishData(Array.from({ length: many }, (_, index) => data(index)));
    await buildIndex();
    expect(await events({ text })).toMatchObject({ ...isIn, searchedBy: "index" });
    await buildIndex(false);
    expect(await events({ text })).toMatchObject(isIn);
    expect(await deliveries({ text })).toMatchObject({ items: [{ eventId: late }] });
    expect(await events({ text: 'say "hi' })).toMatchObject(isIn);
  });

  test("a search whose index is gone on the way begins anew", async () => {
    const filter = { text: "open", pageSize: 5 };
    const [ofEvents, ofDeliveries] = [await events(filter), await deliveries(filter)];
    await buildIndex(false);
    const anew = { searchedBy: "payloads", items: { length: 5 }, next: expect.any(String) };
    expect(await events({ ...filter, cursor: ofEvents.next ?? "" })).toMatchObject(anew);
    expect(await deliveries({ ...filter, cursor: ofDeliveries.next ?? "" })).toMatchObject(anew);
  });

  test("an event is found by its id", async () => {
    const found = { searchedBy: "index", next: null };
    expect(await deliveries({ text: ids[3] })).toMatchObject({
      ...found,
      items: [{ eventId: ids[3], hit: null }],
    });
    expect(await events({ text: ids[3] })).toMatchObject({ ...found, items: [{ id: ids[3], hit: null }] });
  });

  test("what many events hold comes page by page, each once, the newest first", async () => {
    const wanted = ids.filter((_, index) => index % 2).toReversed();
    const ofDeliveries: string[] = [];
    const ofEvents: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await deliveries({ text: "state = open", pageSize: 200, cursor });
      ofDeliveries.push(...page.items.map(({ eventId }) => eventId));
      if (page.next === null) break;
      cursor = page.next;
    }
    for (let cursor: string | undefined; ; ) {
      const page = await events({ text: "open", pageSize: 200, cursor });
      ofEvents.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(ofDeliveries).toEqual(wanted);
    expect(ofEvents).toEqual(wanted);
  });

  test("deliveries of one event come each once, over pages too", async () => {
    for (let more = 0; more < 4; more += 1) await newWebhook(store, customer);
    const [id = ""] = await publishData([{ case_id: "of five" }]);
    const first = await deliveries({ text: "of five", pageSize: 3 });
    const rest = await deliveries({ text: "of five", pageSize: 3, cursor: first.next ?? undefined });
    const webhooks = [...first.items, ...rest.items].map(({ webhookId, eventId }) => [eventId, webhookId]);
    expect(webhooks.map(([eventId]) => eventId)).toEqual(Array(5).fill(id));
    expect(new Set(webhooks.map(([, webhookId]) => webhookId)).size).toBe(5);
    expect(rest.next).toBeNull();
  });

  test("the other filters hold as well", async () => {
    await turn(200);
    const delivered = await deliveries({ text: "state = open", status: "delivered", pageSize: 200 });
    expect(delivered.items.length).toBeGreaterThan(0);
    expect(new Set(delivered.items.map(({ status }) => status))).toEqual(new Set(["delivered"]));
    expect((await deliveries({ text: "C-7", eventType: "flow_run_failed" })).items).toEqual([]);
    expect((await events({ text: "C-7", hasMatched: false })).items).toEqual([]);
    expect((await events({ text: "C-7", since: clock.now + 1 })).items).toEqual([]);
  });

  test("parts of values are found by reading payloads, and it is said", async () => {
    const text = '"list":["a","b-7"]';
    expect(await deliveries({ text })).toMatchObject({
      searchedBy: "payloads",
      items: [{ eventId: ids[7] }],
    });
    expect(await events({ text })).toMatchObject({ searchedBy: "payloads", items: [{ id: ids[7] }] });
    const parts = await deliveries({ text: "C-7", isDirect: true, pageSize: 200 });
    expect(parts).toMatchObject({ searchedBy: "payloads" });
    expect(parts.items.map(({ hit }) => hit?.excerpt)).toContain("C-77");
  });

  test("another customer's events are never found", async () => {
    const other = await newCustomer(store);
    await newWebhook(store, other);
    await publishData([{ case_id: "theirs" }], other);
    for (const text of ["C-7", "case_id = C-7", "b-7", ids[7] ?? ""]) {
      expect((await deliveries({ text }, other)).items).toEqual([]);
      expect((await events({ text }, other)).items).toEqual([]);
    }
    expect((await events({ text: "theirs" })).items).toEqual([]);
  });

  test("with large data, an event with very many values is found as well", async () => {
    const [wide = ""] = await publishData([
      { list: Array.from({ length: 2_000 }, (_, index) => `v-${index}`) },
    ]);
    await publishData(Array.from({ length: 600 }, (_, index) => data(10_000 + index)));
    await buildIndex();
    expect(await events({ text: "v-1999" })).toMatchObject({ searchedBy: "index", items: [{ id: wide }] });
  });

  test("without an index, payloads are read", async () => {
    await buildIndex(false);
    const found = { searchedBy: "payloads", searchedBackTo: null };
    expect(await deliveries({ text: "case_id = C-7" })).toMatchObject({
      ...found,
      items: [{ eventId: ids[7] }],
    });
    expect((await events({ text: "case_id = C-7" })).items).toMatchObject([{ id: ids[7] }]);
    expect((await deliveries({ text: "state = C-7" })).items).toEqual([]);
    await buildIndex();
    expect(await events({ text: "C-7" })).toMatchObject({ searchedBy: "index", items: [{ id: ids[7] }] });
  });

  test("while older events are not in it yet, the index says how far back it reaches", async () => {
    await buildIndex(false);
    clock.now += minute;
    const recent = await publishData(Array.from({ length: 600 }, (_, index) => data(20_000 + index)));
    await store.keepSearchIndex(true);
    expect(await events({ text: "C-20500" })).toMatchObject({
      items: [{ id: recent[500] }],
      searchedBackTo: clock.now,
    });
    // What it does not know yet is looked for in payloads.
    expect(await events({ text: "case_id = C-7" })).toMatchObject({
      searchedBy: "payloads",
      items: [{ id: ids[7] }],
    });
  });

  test("retention removes what is found from the index", async () => {
    const settle = async () => {
      while (await store.maintain({ retentionMs: 30 * day, longestPauseMs: day }));
    };
    for (let weeks = 0; weeks < 10; weeks += 1) {
      clock.now += 7 * day;
      await settle();
    }
    expect((await events({})).items).toEqual([]);
    await publishData([{ case_id: "C-7" }]);
    // With nothing left of it, there is no index any more.
    expect(await events({ text: "C-7" })).toMatchObject({ searchedBy: "payloads", items: [{}] });
  });

  test("a deleted customer's part of the index goes, and others' stays", async () => {
    const other = await newCustomer(store);
    const theirs = await publishData(
      Array.from({ length: 600 }, (_, index) => data(index)),
      other,
    );
    await buildIndex();
    await store.deleteCustomer(customer, ann);
    for (let steps = 0; steps < 200; steps += 1)
      await store.maintain({ retentionMs: 30 * day, longestPauseMs: day });
    expect(await store.listDeliveries(customer, { text: "C-7", content: false, pageSize: 5 })).toBeNull();
    expect(await events({ text: "case_id = C-7" }, other)).toMatchObject({
      searchedBy: "index",
      items: [{ id: theirs[7] }],
    });
  });
}
