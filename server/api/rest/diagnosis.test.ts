import { afterEach, beforeEach, expect, test } from "vitest";
import { attempt, claim, turn } from "@/db/contract.kit";
import type { Claim } from "@/db/store";
import { type Api, openApi, rest } from "../api.fixture";

let api: Api;
let customer: { id: string; key: string };
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key);
});
afterEach(() => api.close());

const ask = (path: string) => rest("GET", `/webhooks/${webhook}${path}`, { key: customer.key });
const publish = (id: string) => {
  const data = { search_id: "s-1", flow_run_id: "f-1" };
  return rest("POST", "/events", {
    json: { customer_id: customer.id, type: "search_completed", data, id },
  });
};

test("a delivery that failed says what that means, how sure it is, and what to do", async () => {
  await publish("one");
  await turn(api, 413);
  const { status, body } = await ask("/events/one");
  expect([status, body]).toMatchObject([
    200,
    {
      diagnosis: {
        code: "body_too_large",
        confidence: "certain",
        meaning: expect.stringContaining("larger than"),
        next_step: expect.stringContaining("body limit"),
        causes: [{ code: "body_too_large", tell_apart: null }],
        suggested_url: null,
        is_about_signature: false,
      },
    },
  ]);
});

test("what looks alike is listed, and told apart", async () => {
  await publish("one");
  await turn(api, 404);
  const { body } = await ask("/events/one");
  expect(body).toMatchObject({ diagnosis: { confidence: "likely" } });
  const { causes } = (body as { diagnosis: { causes: { tell_apart: string | null }[] } }).diagnosis;
  expect(causes.length).toBeGreaterThan(0);
  expect(causes.every(({ tell_apart }) => tell_apart !== null)).toBe(true);
});

const answerInWords = async (body: string) => {
  const [claimed] = await claim(api.store);
  await api.store.recordAttempts([attempt(claimed as Claim, 200, api.clock.now, {}, body)]);
};

test("a delivery that was made, or waits for its first attempt, has no diagnosis", async () => {
  await publish("one");
  expect((await ask("/events/one")).body).toMatchObject({ diagnosis: null });
  await turn(api, 200);
  expect((await ask("/events/one")).body).toMatchObject({ diagnosis: null });
});

test("a delivery that a page answered counts, with a hint", async () => {
  await publish("one");
  await answerInWords("<!doctype html><title>Welcome</title>");
  expect((await ask("/events/one")).body).toMatchObject({
    status: "delivered",
    diagnosis: null,
    hint: { code: "looks_like_page", meaning: expect.stringContaining("Welcome") },
  });
});

test("a delivery that was answered in a few words has no hint", async () => {
  await publish("one");
  await answerInWords("ok");
  expect((await ask("/events/one")).body).toMatchObject({ status: "delivered", hint: null });
});

test("a webhook that fails is explained by the attempt that ended last", async () => {
  await publish("one");
  await turn(api, 200);
  const deliveredAt = new Date(api.clock.now).toISOString();
  api.clock.now += 60_000;
  await publish("two");
  await publish("three");
  const failedAt = api.clock.now;
  await turn(api, 413);
  const { status, body } = await ask("/diagnosis");
  expect([status, body]).toEqual([
    200,
    {
      diagnosis: expect.objectContaining({ code: "body_too_large" }),
      event_id: expect.stringMatching(/two|three/),
      event_type: "search_completed",
      failing_since: expect.any(String),
      failures_in_a_row: 2,
      answer: "answer",
      outcomes: [
        { code: "413", count: 2 },
        { code: "200", count: 1 }, // degraded: what was delivered in the last 15 minutes counts, too
      ],
      counted_since: expect.stringMatching(/:00\.000Z$/),
      last_success_at: deliveredAt,
    },
  ]);
  expect(Date.parse((body as { failing_since: string }).failing_since)).toBeLessThanOrEqual(failedAt);
});

test("outcomes of different kinds are counted apart", async () => {
  await publish("one");
  await turn(api, 502);
  await publish("two");
  await turn(api, 422);
  await publish("three");
  await turn(api, 422);
  const { body } = await ask("/diagnosis");
  expect(body).toMatchObject({
    outcomes: [
      { code: "422", count: 2 },
      { code: "502", count: 1 },
    ],
  });
});

test("a webhook that works is not explained", async () => {
  const untried = {
    diagnosis: null,
    event_id: null,
    failing_since: null,
    failures_in_a_row: 0,
    outcomes: [],
  };
  expect((await ask("/diagnosis")).body).toMatchObject({ ...untried, last_success_at: null });
  await publish("one");
  await turn(api, 200);
  expect((await ask("/diagnosis")).body).toMatchObject(untried);
});

test("a failure of which the delivery is gone is explained by what the webhook remembers", async () => {
  await publish("one");
  await turn(api, { code: "tls_error", detail: "protocol_version", message: "Outdated." });
  await rest("POST", `/webhooks/${webhook}/cancel-pending`, { key: customer.key });
  expect((await ask("/diagnosis")).body).toMatchObject({ diagnosis: { code: "tls_outdated" } });
});
