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
    toListInput(filters("status=failed&type=flow_run_failed&code=5&range=1h&q=abc&webhook=w1"), now),
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
  const input = toListInput(filters("status=nonsense&code=7&range=constructor"), 0);
  expect([input.status, input.code_class, input.since]).toEqual([undefined, undefined, undefined]);
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
])("with %j a delivery that changed to %j belongs into the list: %j", (query, change, fits) => {
  expect(fitsFilters(delivery(change), filters(query))).toBe(fits);
});
