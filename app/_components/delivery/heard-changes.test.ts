import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHeardChanges, type HeardChanges } from "./heard-changes";
import type { Delivery } from "./types";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const delivery = (id: string, status: Delivery["status"] = "pending"): Delivery => ({
  id,
  webhook_id: "w",
  event_type: "search_completed",
  timestamp: "2026-06-15T11:00:00Z",
  status,
  status_code: null,
  attempt_count: 0,
  next_attempt_at: null,
  held: null,
  is_test: false,
  tried_url: null,
  error: null,
});

const idsIn = (heard: HeardChanges) => {
  const { shown, waiting } = heard.read();
  const ids = (changes: typeof shown) => [...changes.values()].map((change) => change.delivery.id);
  return { shown: ids(shown), waiting: ids(waiting) };
};

test("many changes are told together", () => {
  const heard = createHeardChanges();
  const before = heard.read();
  let told = 0;
  heard.subscribe(() => {
    told += 1;
  });
  for (const id of ["1", "2", "3"]) heard.hear(delivery(id), 0);
  expect(heard.read()).toBe(before);
  vi.runAllTimers();
  expect(told).toBe(1);
  expect(heard.read()).not.toBe(before);
  expect(idsIn(heard)).toEqual({ shown: ["1", "2", "3"], waiting: [] });
});

test("what is new waits while the list is held, and what is shown already goes on changing", () => {
  const heard = createHeardChanges();
  heard.hear(delivery("1"), 0);
  heard.hold(true);
  heard.hear(delivery("1", "delivered"), 1);
  heard.hear(delivery("2"), 1);
  expect(idsIn(heard)).toEqual({ shown: ["1"], waiting: ["2"] });
  expect(heard.read().shown.get("w/1")?.delivery.status).toBe("delivered");
  heard.letIn();
  expect(idsIn(heard)).toEqual({ shown: ["1", "2"], waiting: [] });
  heard.hear(delivery("3"), 2);
  expect(idsIn(heard)).toEqual({ shown: ["1", "2"], waiting: ["3"] });
});

test("a late answer does not undo what was heard after its question", () => {
  const heard = createHeardChanges();
  heard.hear(delivery("1", "delivered"), 5);
  heard.hear(delivery("1", "pending"), 4);
  expect(heard.read().shown.get("w/1")?.delivery.status).toBe("delivered");
});

test("an answer to a question makes what came before it needless, whether it is shown or waits", () => {
  const heard = createHeardChanges();
  heard.hear(delivery("1"), 1);
  heard.hold(true);
  heard.hear(delivery("2"), 1);
  heard.hear(delivery("3"), 3);
  heard.forget(2);
  expect(idsIn(heard)).toEqual({ shown: [], waiting: ["3"] });
  expect(heard.knows("w/2")).toBe(false);
});

test("a gap is told once, to whoever shows what came after it", () => {
  const heard = createHeardChanges();
  expect(heard.letIn()).toBe(false);
  heard.noteGap();
  expect(heard.letIn()).toBe(true);
  expect(heard.letIn()).toBe(false);
});
