import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scheduleMs, turn } from "@/db/contract.kit";
import { type Api, openApi, rest, toRequest } from "../api.fixture";
import { handleRest } from "./handle";

let api: Api;
let customer: { id: string; key: string };
let webhook: string;
beforeEach(async () => {
  api = await openApi();
  customer = await api.newCustomer();
  webhook = await api.newWebhook(customer.key);
});
afterEach(() => api.close());

const ask = <Body = unknown>(method: string, path: string, json?: unknown) =>
  rest<Body>(method, `/webhooks/${webhook}${path}`, { key: customer.key, json });
const publish = (id: string, type = "search_completed") => {
  const data = { search_id: "s-1", flow_run_id: "f-1" };
  return rest("POST", "/events", { json: { customer_id: customer.id, type, data, id } });
};
const ids = (answer: { body: { id: string }[] }) => answer.body.map(({ id }) => id);

describe("a delivery", () => {
  test("before its first attempt shows what will be sent", async () => {
    await publish("one");
    const { status, body } = await ask<{ request: { payload: string } }>("GET", "/events/one");
    const now = new Date(api.clock.now).toISOString();
    expect([status, body]).toEqual([
      200,
      {
        id: "one",
        webhook_id: webhook,
        event_type: "search_completed",
        timestamp: now,
        status: "pending",
        status_code: null,
        attempt_count: 0,
        next_attempt_at: now,
        held: null,
        is_test: false,
        tried_url: null,
        error: null,
        request: { headers: {}, payload: expect.stringContaining('"id":"one"') },
        response: null,
        diagnosis: null,
        hint: null,
        attempts: [],
      },
    ]);
    expect(JSON.parse(body.request.payload)).toEqual({
      id: "one",
      type: "search_completed",
      created_at: now,
      data: { search_id: "s-1", flow_run_id: "f-1" },
    });
  });

  test("shows its latest attempt, and all of them in one", async () => {
    await publish("one");
    await turn(api, 503, { "retry-after": "7" });
    const { body } = await ask("GET", "/events/one");
    const error = { code: "http_status", message: expect.stringContaining("503") };
    const request = { headers: { "X-Attempt": "1" } };
    const response = { headers: { "retry-after": "7" }, body: "answer", truncated: false };
    expect(body).toMatchObject({
      status: "pending",
      status_code: 503,
      attempt_count: 1,
      error,
      request: { ...request, payload: expect.any(String) },
      response,
    });
    expect(body).toHaveProperty("attempts", [
      {
        number: 1,
        started_at: expect.any(String),
        duration_ms: 20,
        status_code: 503,
        error,
        reason: "scheduled",
        timings: { dns: 1, connect: 2, tls: 3, first_byte: 10, body: 4 },
        request,
        response,
      },
    ]);
  });

  test("that got no answer has no response", async () => {
    await publish("one");
    await turn(api, "timeout");
    const expected = { status_code: null, response: null, error: { code: "response_timeout" } };
    expect((await ask("GET", "/events/one")).body).toMatchObject(expected);
  });

  test("changes the webhook's status and last delivery", async () => {
    await publish("one");
    await turn(api, 500);
    expect((await ask("GET", "")).body).toMatchObject({ status: "failing", last_delivery_status: 500 });
    api.clock.now += 10_000;
    await turn(api, 204);
    const last_delivery_at = expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/);
    expect((await ask("GET", "")).body).toMatchObject({
      status: "active",
      last_delivery_status: 204,
      last_delivery_at,
    });
  });
});

describe("a list of deliveries", () => {
  test("is newest first, in pages linked to the next, by status and type", async () => {
    for (const id of ["a", "b", "c"]) await publish(id);
    await turn(api, 200);
    await publish("d");
    await publish("e", "flow_run_failed");
    const first = await ask<{ id: string }[]>("GET", "/events?page_size=2");
    expect(ids(first)).toEqual(["e", "d"]);
    const next =
      /^<https:\/\/hooks\.example(.+)>; rel="next"$/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    expect(ids(await rest<{ id: string }[]>("GET", next, customer))).toEqual(["c", "b"]);
    expect(ids(await ask("GET", "/events?status=delivered"))).toEqual(["c", "b", "a"]);
    expect(ids(await ask("GET", "/events?event_type=flow_run_failed&status=pending"))).toEqual(["e"]);
  });

  test("shows request and response", async () => {
    await publish("one");
    await turn(api, 200);
    const { body } = await ask("GET", "/events");
    expect(body).toMatchObject([
      {
        status: "delivered",
        error: null,
        request: { payload: expect.any(String) },
        response: { body: "answer" },
      },
    ]);
  });
});

describe("redeliver", () => {
  test("makes an ended delivery due at once, and goes on counting", async () => {
    await publish("one");
    await turn(api, 200);
    expect(await ask("POST", "/events/one/redeliver")).toMatchObject({ status: 204, body: null });
    expect((await ask("GET", "/events/one")).body).toMatchObject({ status: "pending", attempt_count: 1 });
    await turn(api, 200);
    expect((await ask("GET", "/events/one")).body).toMatchObject({ status: "delivered", attempt_count: 2 });
  });

  test("is a conflict while the webhook is inactive, and finds no unknown delivery", async () => {
    await publish("one");
    await ask("PATCH", "", { is_active: false });
    expect((await ask("POST", "/events/one/redeliver")).status).toBe(409);
    expect((await ask("POST", "/events/none/redeliver")).status).toBe(404);
  });
});

describe("recover", () => {
  const since = "2020-01-01T00:00:00Z";

  test("sends again what failed, and tells how far it is", async () => {
    await publish("one");
    await turn(api, 410);
    await ask("PATCH", "", { is_active: true });
    const started = await ask<{ id: string }>("POST", "/recover", { since });
    const counted = { id: expect.any(String), count: 1, is_complete: true, refused: null };
    expect([started.status, started.body]).toEqual([202, counted]);
    const progress = () => ask("GET", `/recoveries/${started.body.id}`);
    expect((await progress()).body).toEqual({ total: 1, done: 0, state: "running" });
    while (await api.store.maintain({ retentionMs: 86_400_000, longestPauseMs: 86_400_000 }));
    expect((await progress()).body).toEqual({ total: 1, done: 1, state: "done" });
    expect((await ask("GET", "/events/one")).body).toMatchObject({ status: "pending" });
  });

  test("says how many were refused alike, and the oldest of them to try first", async () => {
    for (const id of ["one", "two"]) await publish(id);
    for (const pauseMs of [...scheduleMs, 0]) {
      await ask("PATCH", "", { webhook_url: `https://receiver.example/${pauseMs}` });
      await turn(api, 422);
      api.clock.now += pauseMs * 2;
    }
    const refused = { status_code: 422, count: 2, oldest_event_id: "one" };
    expect((await ask("POST", "/recover", { since })).body).toMatchObject({ count: 2, refused });
  });

  test("is a conflict while the webhook is inactive", async () => {
    await ask("PATCH", "", { is_active: false });
    expect((await ask("POST", "/recover", { since })).status).toBe(409);
  });

  test.each([
    {},
    { since: "now" },
    { since, until: "2019-01-01T00:00:00Z" },
    { since, include: [] },
    { since, include: ["all"] },
  ])("refuses %j", async (json) => expect((await ask("POST", "/recover", json)).status).toBe(400));

  test("starts nothing for a caller who has left, which is no fault", async () => {
    const leaving = toRequest("POST", `/webhooks/${webhook}/recover`, { key: customer.key, json: { since } });
    const answer = await handleRest(new Request(leaving, { signal: AbortSignal.abort() }));
    expect([answer.status, await answer.json()]).toMatchObject([499, { code: "caller_left" }]);
    expect(await api.store.listRecoveries(customer.id, {})).toEqual([]);
  });

  test("finds no unknown recovery", async () => {
    expect((await ask("GET", `/recoveries/${webhook}`)).status).toBe(404);
  });
});

test("cancel-pending cancels what waits", async () => {
  await publish("one");
  expect(await ask("POST", "/cancel-pending")).toMatchObject({ status: 202, body: { count: 1 } });
  expect((await ask("GET", "/events/one")).body).toMatchObject({
    status: "cancelled",
    next_attempt_at: null,
  });
});

describe("a test", () => {
  const send = (json: unknown) => ask("POST", "/test", json);

  test("is refused at once while no worker lives", async () => {
    expect((await send({ event_type: "search_completed" })).status).toBe(503);
    await api.store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
    api.clock.now += 6_000;
    expect((await send({ event_type: "search_completed" })).status).toBe(503);
  });

  test("answers its delivery once its one attempt ended, also for an inactive webhook", async () => {
    await ask("PATCH", "", { is_active: false, events: [] });
    await api.store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
    const answer = send({ event_type: "flow_run_failed" });
    await sentBy(answer, 500);
    const { status, body } = await answer;
    expect(status).toBe(200);
    expect(body).toMatchObject({
      is_test: true,
      status: "failed",
      status_code: 500,
      attempt_count: 1,
      event_type: "flow_run_failed",
    });
    expect((await ask("GET", "/events")).body).toMatchObject([{ is_test: true }]);
    expect((await rest("GET", "/events", customer)).body).toEqual([]);
  });

  test("is never sent again", async () => {
    await api.store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
    const answer = ask<{ id: string }>("POST", "/test", { event_type: "search_completed" });
    await sentBy(answer, 200);
    expect((await ask("POST", `/events/${(await answer).body.id}/redeliver`)).status).toBe(409);
  });

  test("checks its data like a published one", async () => {
    const { status, body } = await send({ event_type: "search_completed", data: { search_id: 7 } });
    expect([status, body]).toMatchObject([400, { errors: [{ path: ["data", "search_id"] }] }]);
    expect((await send({ event_type: "nothing" })).status).toBe(400);
    expect((await send({ event_type: "search_completed", data: null })).status).toBe(400);
  });

  test("waits while five are running", async () => {
    await api.store.heartbeat({ id: "worker", pid: 1, host: "", startedAt: "", keyIds: [] });
    const five = Array.from({ length: 5 }, () => send({ event_type: "search_completed" }));
    await Promise.race([...five, waitForPending(5)]);
    const sixth = await send({ event_type: "search_completed" });
    expect([sixth.status, Number(sixth.headers.get("retry-after"))]).toEqual([429, 1]);
    for (let turns = 0; turns < 3; turns += 1) await turn(api, 200); // one customer has two places at a time
    expect((await Promise.all(five)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  });

  async function sentBy(answer: Promise<unknown>, status: number): Promise<void> {
    await Promise.race([answer, waitForPending(1)]);
    await turn(api, status);
  }

  /** Looks after every commit until so many tests wait. */
  async function waitForPending(count: number): Promise<void> {
    const pending = async () => (await ask<unknown[]>("GET", "/events?status=pending")).body.length;
    while ((await pending()) < count) {
      await new Promise<void>((resolve) => {
        const stop = api.store.onChange(() => {
          stop();
          resolve();
        });
      });
    }
  }
});
