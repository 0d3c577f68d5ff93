import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ann } from "@/db/actor.kit";
import { attempt, claim } from "@/db/contract.kit";
import { callLimits } from "@/domain/limits";
import { type Api, openApi, rest, toRequest, trpc } from "./api.fixture";
import { handleTrpc } from "./trpc-http/handle";

let api: Api;
let customer: { id: string; key: string };
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key);
});
afterEach(() => api.close());

const mib = 1024 * 1024;

const publish = (id: string, bytes: number) =>
  rest("POST", "/events", {
    json: {
      customer_id: customer.id,
      type: "search_completed",
      id,
      data: { search_id: "s", text: "x".repeat(bytes) },
    },
  });

/** Attempts of whatever is due, that all get the largest answer there is. */
async function attemptAll(times: number, body: Buffer) {
  for (let time = 0; time < times; time += 1) {
    const claims = await claim(api.store, { webhookCap: 256, customerCap: 256 });
    const records = claims.map((claimed) => attempt(claimed, 200, api.clock.now));
    for (const { outcome } of records) if (outcome.kind === "response") outcome.response.body = body;
    await api.store.recordAttempts(records);
    api.clock.now += 1_000;
    for (const { event } of claims) await api.store.redeliver(customer.id, webhook, event.id, ann);
  }
}

const largestBody = Buffer.alloc(16 * 1024, "b");
const largestEvent = 255 * 1024;

const batch = async (names: string[], input: unknown) => {
  const inputs = encodeURIComponent(JSON.stringify(Object.fromEntries(names.map((_, at) => [at, input]))));
  const asked = { key: customer.key };
  const response = await handleTrpc(toRequest("GET", `/api/trpc/${names}?batch=1&input=${inputs}`, asked));
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, answers: JSON.parse(text) };
};

describe("one delivery", () => {
  type Shown = {
    attempt_count: number;
    request: { payload: string };
    attempts: { number: number; request: object }[];
  };

  test("of the largest event with a hundred attempts shows the payload once", async () => {
    await publish("e", largestEvent);
    await attemptAll(100, Buffer.from("no"));
    const { body } = await rest<Shown>("GET", `/webhooks/${webhook}/events/e`, customer);
    expect(body.attempts).toHaveLength(100);
    expect(body.request.payload.length).toBeGreaterThan(largestEvent);
    expect(body.attempts[0]?.request).toEqual({ headers: { "X-Attempt": "100" } });
    expect(JSON.stringify(body).length).toBeLessThan(mib);
  });

  test("leaves out attempts whose answers would not fit, the oldest first", async () => {
    await publish("e", largestEvent);
    await attemptAll(100, Buffer.alloc(16 * 1024));
    const { body } = await rest<Shown>("GET", `/webhooks/${webhook}/events/e`, customer);
    const numbers = body.attempts.map(({ number }) => number);
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.length).toBeLessThan(100);
    expect(numbers).toEqual(numbers.map((_, at) => 100 - at));
    expect(body.attempt_count).toBe(100);
    expect(JSON.stringify(body).length).toBeLessThan(8 * mib);
  });
});

test("a page of deliveries with the largest answers ends early", async () => {
  for (let each = 0; each < 100; each += 1) await publish(`e-${each}`, 10);
  await attemptAll(1, Buffer.alloc(16 * 1024));
  const path = `/webhooks/${webhook}/events?page_size=200`;
  const { body, headers } = await rest<object[]>("GET", path, customer);
  expect(headers.get("link")).not.toBeNull();
  expect(JSON.stringify(body).length).toBeLessThan(8 * mib);
});

describe("a batch", () => {
  test("answers no more than fits, and says so of the rest", async () => {
    for (const id of ["a", "b", "c", "d", "e", "f", "g", "h"]) await publish(id, largestEvent);
    await attemptAll(2, largestBody);
    const names = Array(callLimits.batchCalls).fill("deliveries.list");
    const { answers, text, status } = await batch(names, {});
    expect(status).toBe(207);
    expect(text.length).toBeLessThan(16 * mib);
    expect(answers[0].result.data.items).toHaveLength(8);
    expect(answers.at(-1).error).toMatchObject({
      message: "The answers before this one fill the batch. Ask for this one alone, or for less.",
      data: { code: "PAYLOAD_TOO_LARGE", httpStatus: 413, path: "deliveries.list" },
    });
  });

  test("of more calls than fit is refused with their number", async () => {
    const { status, answers } = await batch(Array(callLimits.batchCalls + 1).fill("webhooks.list"), {});
    expect(status).toBe(400);
    expect(answers.error.message).toBe("At most 20 calls fit in one batch, not 21.");
  });

  test("counts each of its calls against RATE_LIMIT", async () => {
    await api.close();
    api = await openApi({ rateLimit: 5 });
    customer = await api.newCustomer();
    expect((await batch(Array(3).fill("webhooks.list"), {})).status).toBe(200);
    const second = await batch(Array(3).fill("webhooks.list"), {});
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, "60"]);
    const escaped = await handleTrpc(
      toRequest("GET", "/api/trpc/webhooks.list%2Cwebhooks.list%2Cwebhooks.list?batch=1", customer),
    );
    expect(escaped.status).toBe(429);
    expect((await batch(Array(2).fill("webhooks.list"), {})).status).toBe(200);
  });

  test("of more calls than RATE_LIMIT allows in a minute is told that waiting does not help", async () => {
    await api.close();
    api = await openApi({ rateLimit: 5 });
    customer = await api.newCustomer();
    const { status, answers } = await batch(Array(6).fill("webhooks.list"), {});
    expect(status).toBe(429);
    expect(answers[0].error.message).toBe(
      "This key may make 5 calls a minute, and this batch has 6. Send smaller batches.",
    );
  });
});

describe("a refusal is smaller than its question", () => {
  type Refused = { error: string; errors: { path: unknown[] }[] };
  const bad = (count: number) => Array(count).fill(1);

  test.each([1_000, 120_000])("of %i bad entries, over REST and tRPC", async (count) => {
    const json = { webhook_url: "https://receiver.example", events: bad(count) };
    const { status, body } = await rest<Refused>("POST", "/webhooks", { key: customer.key, json });
    expect([status, JSON.stringify(body).length < 32 * 1024]).toEqual([400, true]);
    const answer = await trpc("mutation", "webhooks.create", json, { key: customer.key });
    expect(answer.error?.message).toBe(body.error);
    expect(answer.error?.data.errors).toEqual(body.errors);
  });

  test("lists the first hundred, and says how many more there are", async () => {
    const json = { webhook_url: "https://receiver.example", events: bad(250) };
    const { body } = await rest<Refused>("POST", "/webhooks", { key: customer.key, json });
    expect(body.errors.map(({ path }) => path[1])).toEqual(Array.from({ length: 100 }, (_, at) => at));
    expect(body.error).toMatch(/^events\.0: .* \(and 249 more, of which 99 are listed\)$/);
  });

  test.each([9_000, 131_000])("of an event with %i bad entries", async (count) => {
    const data = { search_id: "s", lists: bad(count) };
    const event = { customer_id: customer.id, type: "search_completed", data };
    for (const json of [event, [event, event]]) {
      const { status, body } = await rest<Refused>("POST", "/events", { json });
      expect([status, JSON.stringify(body).length < 32 * 1024]).toEqual([400, true]);
    }
  });

  test("of many bad events says that there are at least so many", async () => {
    const { body } = await rest<Refused>("POST", "/events", { json: Array(1_000).fill({}) });
    expect(body.errors).toHaveLength(100);
    expect(body.error).toMatch(/ \(and at least \d+ more/);
  });

  test("of JSON that would not survive", async () => {
    const numbers = `{"a":[${"1e999,".repeat(40_000)}0]}`;
    const { status, body } = await rest<Refused>("POST", "/webhooks", { key: customer.key, body: numbers });
    expect([status, body.errors.length]).toEqual([400, 100]);
    expect(body.error).toMatch(/ \(and at least 99 more\)$/);
  });
});
