import { expect, test } from "vitest";
import { fitsFilters, readFilters, toListInput } from "./delivery-query";
import type { Delivery } from "./types";

const filters = (query: string) => {
  const params = new URLSearchParams(query);
  return readFilters((name) => params.get(name) ?? "");
};

const delivery = (change: Partial<Delivery>): Delivery => ({
  id: "e1",
  webhook_id: "w1",
  event_type: "flow_run_failed",
  timestamp: "2026-11-23T12:00:00.000Z",
  status: "failed",
  status_code: 503,
  attempt_count: 1,
  next_attempt_at: null,
  held: null,
  is_test: false,
  tried_url: null,
  error: null,
  ...change,
});

test("the filters of the URL become the question to the API", () => {
  const now = Date.parse("2026-11-23T12:00:30.500Z");
  expect(
    toListInput(filters("status=failed&type=flow_run_failed&code=5&range=1h&q=abc&webhook=w1"), now, "UTC"),
  ).toMatchObject({
    webhook_id: "w1",
    status: "failed",
    event_type: "flow_run_failed",
    code_class: 5,
    since: "2026-11-23T11:00:00.000Z",
    text: "abc",
  });
});

test("what the API does not know is not asked", () => {
  const input = toListInput(filters("status=nonsense&code=7&range=constructor"), 0, "UTC");
  expect([input.status, input.code_class, input.since]).toEqual([undefined, undefined, undefined]);
});

test("a bar of a chart asks by attempts: in its time, of its outcome and its answer", () => {
  const bar = "from=2026-11-23T11:00:00.000Z&to=2026-11-23T11:05:00.000Z&by=attempt";
  const input = (query: string) => toListInput(filters(query), 0, "UTC");
  expect(input(`${bar}&outcome=failed&answer=503`)).toMatchObject({
    attempted_since: "2026-11-23T11:00:00.000Z",
    attempted_until: "2026-11-23T11:05:00.000Z",
    attempt_outcome: "failed",
    attempt_answer: "503",
  });
  expect(input(`${bar}&answer=dns_error`).since).toBeUndefined();
  expect(input(`${bar}&answer=dns_error`)).toMatchObject({ attempt_answer: "dns_error" });
  expect(input(`${bar}&outcome=odd&answer=7xx`)).toMatchObject({
    attempt_outcome: undefined,
    attempt_answer: undefined,
  });
});

test.each<[string, Partial<Delivery>, boolean]>([
  ["", {}, true],
  ["status=failed", {}, true],
  ["status=delivered", {}, false],
  ["type=search_completed", {}, false],
  ["webhook=w2", {}, false],
  ["code=5", {}, true],
  ["code=0", { status_code: null }, true],
  ["code=0", { status_code: null, attempt_count: 0 }, false],
  ["q=abc", {}, false],
  ["range=1h", {}, true],
  ["range=1h", { timestamp: "2026-11-23T10:59:59.999Z" }, false],
  ["range=today", {}, true],
  ["range=yesterday", {}, false],
  ["from=2026-11-23T11:00:00Z&to=2026-11-23T12:00:00Z", {}, false],
  ["range=1h&by=attempt", {}, false],
])("with %j a delivery that changed to %j belongs into the list: %j", (query, change, fits) => {
  const asked = toListInput(filters(query), Date.parse("2026-11-23T12:00:30Z"), "UTC");
  expect(fitsFilters(delivery(change), filters(query), asked)).toBe(fits);
});
