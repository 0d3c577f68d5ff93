import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ann } from "@/db/actor.kit";
import { newCustomer, newEvent, newWebhook } from "@/db/contract.kit";
import { openStore } from "@/db/open";
import type { Store } from "@/db/store";
import { type Receiver, startReceiver } from "@/testing/receiver";
import { markOf } from "../process/process-mark";
import { createEngine, type Engine } from "./engine";
import { createSender, type Sender } from "./send";
import { allow, trusted } from "./send.fixture";

const testsEach = 5;
/** Longer than the test may take: what hangs does so to the end. */
const timeoutMs = 90_000;

let store: Store;
let sender: Sender;
let receiver: Receiver;
let engine: Engine;
/** Records are written once this has ended. */
let disk: Promise<void>;
beforeEach(async () => {
  store = (await openStore({ dataDir: ":memory:", clock: Date.now })).store;
  disk = Promise.resolve();
  const slowly: Store = {
    ...store,
    recordAttempts: (records) => disk.then(() => store.recordAttempts(records)),
  };
  sender = createSender({ timeoutMs, allow });
  receiver = await startReceiver({ tls: trusted });
  receiver.answerAlways(({ url }) => (url === "/hang" ? "hang" : { status: 200 }));
  engine = createEngine({
    store: slowly,
    sender,
    log: { error: (detail, message) => expect.fail(`${message} ${JSON.stringify(detail)}`) },
    ring: [],
    version: "0.0.0",
    workerId: "worker",
    mark: markOf(process.pid),
    clock: Date.now,
    random: Math.random,
    retryScheduleMs: [5_000],
    deliveryTimeoutMs: timeoutMs,
    deliveryConcurrency: 256,
    webhookConcurrency: 16,
    retentionMs: 30 * 24 * 3_600_000,
    hasSearchIndex: true,
  });
  await engine.start();
});
afterEach(async () => {
  await receiver.close(); // what hangs ends with its connection
  await engine.stop();
  await sender.close();
  await store.close();
});

/** A new customer whose tests go to that path; answers how to send one. */
async function customerAt(path: string) {
  const customerId = await newCustomer(store);
  const webhookId = await newWebhook(store, customerId, { url: `${receiver.url}${path}` });
  return async () => {
    const event = { eventId: randomUUID(), type: "search_completed", dataJson: "{}" };
    await store.createTest({ customerId, webhookId, ...event }, ann);
    return event.eventId;
  };
}

test("a test goes out at once while the tests of 28 customers hang", async () => {
  for (let n = 0; n < 28; n += 1) {
    const send = await customerAt("/hang");
    for (let sent = 0; sent < testsEach; sent += 1) await send();
    await receiver.waitFor(n + 1, ({ url }) => url === "/hang");
  }
  const eventId = await (await customerAt("/healthy"))();
  const [request] = await receiver.waitFor(1, ({ url }) => url === "/healthy");
  expect(request?.headers["x-event-id"]).toBe(eventId);
}, 60_000);

test("while attempts wait for the disk, their receiver gets the next ones, as many as the worker has places", async () => {
  const places = 256;
  const customerId = await newCustomer(store);
  await newWebhook(store, customerId, { url: `${receiver.url}/healthy`, events: ["search_completed"] });
  let goOn = () => {};
  disk = new Promise((resolve) => (goOn = resolve));
  const publish = (count: number) =>
    store.publishEvents(Array.from({ length: count }, () => newEvent(customerId)));
  await publish(places + 40);
  await receiver.waitFor(places);
  await publish(1);
  expect(receiver.requests).toHaveLength(places);
  goOn();
  await receiver.waitFor(places + 41);
}, 60_000);

test("what failed keeps its place until that is recorded, for it may hold back the rest", async () => {
  const customerId = await newCustomer(store);
  await newWebhook(store, customerId, { url: `${receiver.url}/broken`, events: ["search_completed"] });
  let goOn = () => {};
  disk = new Promise((resolve) => (goOn = resolve));
  receiver.answerAlways({ status: 500 });
  await store.publishEvents(Array.from({ length: 40 }, () => newEvent(customerId)));
  await receiver.waitFor(16);
  const healthy = await newCustomer(store);
  await newWebhook(store, healthy, { url: `${receiver.url}/healthy`, events: ["search_completed"] });
  await store.publishEvents([newEvent(healthy)]);
  await receiver.waitFor(17); // whoever else had a place would have it by now
  expect(receiver.requests.filter(({ url }) => url === "/broken")).toHaveLength(16);
  goOn();
}, 60_000);

test("a receiver that takes 4 a second and says 429 to more gets all by its pace, and nothing by the schedule", async () => {
  const customerId = await newCustomer(store);
  const webhookId = await newWebhook(store, customerId, { url: `${receiver.url}/limited` });
  const taken = new Map<number, number>();
  let refused = 0;
  receiver.answerAlways(({ url, receivedAt }) => {
    if (url !== "/limited") return { status: 200 };
    const second = Math.floor(receivedAt / 1_000);
    const count = (taken.get(second) ?? 0) + 1;
    if (count <= 4) taken.set(second, count);
    else refused += 1;
    return { status: count <= 4 ? 200 : 429 };
  });
  const first = newEvent(customerId);
  await store.publishEvents([first]);
  await delivered(customerId, webhookId, [first.id]);

  const events = Array.from({ length: 12 }, () => newEvent(customerId));
  for (const event of events) await store.publishEvents([event]);
  await receiver.waitFor(13);
  const neighbour = await newCustomer(store);
  await newWebhook(store, neighbour, { url: `${receiver.url}/healthy`, events: ["search_completed"] });
  await store.publishEvents([newEvent(neighbour)]);
  await receiver.waitFor(1, ({ url }) => url === "/healthy");
  expect([...taken.values()].reduce((sum, count) => sum + count)).toBeLessThan(13);

  const ended = await delivered(
    customerId,
    webhookId,
    events.map(({ id }) => id),
  );
  expect(ended.map(({ tries }) => tries)).toEqual(events.map(() => 1));
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(20);
  expect((await store.getWebhook(customerId, webhookId))?.breaker).toBeNull();
}, 60_000);

test("a request that takes long is told to those who follow, and a quick one only when it has ended", async () => {
  const customerId = await newCustomer(store);
  const [slow, quick] = ["slow", "quick"] as const;
  await newWebhook(store, customerId, { url: `${receiver.url}/hang`, events: [slow] });
  await newWebhook(store, customerId, { url: `${receiver.url}/healthy`, events: [quick] });
  const { cursor } = await store.listChanges(customerId, { after: null, limit: 1 });
  const events = [slow, quick].map((type) => newEvent(customerId, { id: type, type }));
  await store.publishEvents(events);
  const told: string[] = [];
  for (let after = cursor; !told.includes("slow in flight"); ) {
    const page = await store.listChanges(customerId, { after, limit: 9 });
    const states = page.items.map(({ delivery: { eventId, status, inFlight } }) => [
      eventId,
      inFlight ? "in flight" : status,
    ]);
    told.push(...states.map((state) => state.join(" ")));
    after = page.cursor;
    await nextChange();
  }
  expect(told).toContain("quick delivered");
  expect(told).not.toContain("quick in flight");
});

test("what is remembered of a request is what the receiver got, but for signatures and what HTTP needs", async () => {
  const customerId = await newCustomer(store);
  const webhookId = await newWebhook(store, customerId, { url: `${receiver.url}/healthy` });
  const event = newEvent(customerId);
  await store.publishEvents([event]);
  const [request] = await receiver.waitFor(1);
  const remembered = await recordedRequest(customerId, webhookId, event.id);
  const unremembered =
    /^(host|connection|content-length|transfer-encoding|accept|accept-encoding|.*signature.*)$/i;
  const got = request?.rawHeaders.filter(([name]) => !unremembered.test(name));
  expect(Object.entries(remembered.headers)).toEqual(got);
  expect(remembered.url).toBe(`${receiver.url}/healthy`);
  expect(got).toContainEqual(["X-Attempt", "1"]);
});

/** The deliveries of these events, once all of them got through. */
async function delivered(customerId: string, webhookId: string, eventIds: string[]) {
  for (;;) {
    const changed = nextChange();
    const found = await Promise.all(eventIds.map((id) => store.getDelivery(customerId, webhookId, id)));
    const ended = found.flatMap((each) => (each?.delivery.status === "delivered" ? [each.delivery] : []));
    if (ended.length === eventIds.length) return ended;
    await changed;
  }
}

function nextChange(): Promise<void> {
  return new Promise((resolve) => {
    const stop = store.onChange(() => {
      stop();
      resolve();
    });
  });
}

async function recordedRequest(customerId: string, webhookId: string, eventId: string) {
  for (;;) {
    const changed = nextChange();
    const found = await store.getDelivery(customerId, webhookId, eventId);
    if (found?.attempts[0]?.request) return found.attempts[0].request;
    await changed;
  }
}
