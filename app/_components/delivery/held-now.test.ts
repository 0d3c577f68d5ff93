import { expect, test } from "vitest";
import type { Held } from "@/domain/delivery/held";
import { heldNow } from "./held-now";
import type { Delivery } from "./types";

const now = Date.parse("2026-06-15T12:00:00Z");
const on = { isActive: true, isPaused: false, isBreakerOpen: false, isAllPaused: false, isAway: false };
const open = { ...on, isBreakerOpen: true };
const paused = { ...open, isPaused: true };
const off = { ...open, isActive: false };

function waiting(change: Partial<Delivery> = {}, held: Held | null = null): Delivery {
  return {
    id: "an-event",
    webhook_id: "0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47",
    event_type: "search_completed",
    timestamp: "2026-06-15T11:00:00Z",
    status: "pending",
    status_code: 500,
    attempt_count: 1,
    next_attempt_at: "2026-06-15T12:00:00Z",
    held,
    is_test: false,
    tried_url: null,
    error: null,
    details: { in_flight: false, tries: 1, duration_ms: 5, ended_at: null, url: null },
    ...change,
  };
}

const heldOf = (delivery: Delivery, webhook: typeof on) => heldNow(delivery, webhook, now).held;

test("what is due is held once the breaker opens, and what is not due yet goes on retrying", () => {
  expect(heldOf(waiting(), on)).toBe(null);
  expect(heldOf(waiting(), open)).toBe("breaker");
  expect(heldOf(waiting({ next_attempt_at: "2026-06-15T12:00:01Z" }), open)).toBe(null);
});

test("what has not been tried yet is due, whenever the next probe is", () => {
  const untried = waiting({ attempt_count: 0, next_attempt_at: "2026-06-15T12:30:00Z" });
  expect(heldOf(untried, open)).toBe("breaker");
  expect(heldOf(untried, on)).toBe(null);
});

test("what was held is so no more once the breaker is closed", () => {
  const held = waiting({ next_attempt_at: "2026-06-15T12:30:00Z" }, "breaker");
  expect(heldOf(held, open)).toBe("breaker");
  expect(heldOf(held, on)).toBe(null);
});

test("a webhook that is switched off holds everything that waits, due or not", () => {
  expect(heldOf(waiting({ next_attempt_at: "2026-06-15T18:00:00Z" }), off)).toBe("inactive");
  expect(heldOf(waiting({ next_attempt_at: null }, "inactive"), on)).toBe(null);
});

test("a pause holds everything that waits, and lets it go", () => {
  expect(heldOf(waiting({ next_attempt_at: "2026-06-15T18:00:00Z" }), paused)).toBe("paused");
  expect(heldOf(waiting({ next_attempt_at: "2026-06-15T18:00:00Z" }, "paused"), on)).toBe(null);
});

test("what is set aside is so until it is due, and what waits for a place as long as the server says so", () => {
  const aside = waiting({ next_attempt_at: "2026-06-15T12:00:01Z" }, "set_aside");
  expect(heldOf(aside, on)).toBe("set_aside");
  expect(heldNow(aside, on, now + 1_000).held).toBe(null);
  const limited = waiting({ attempt_count: 0, next_attempt_at: "2026-06-15T11:59:00Z" }, "limit");
  expect(heldOf(limited, on)).toBe("limit");
  expect(heldOf(limited, paused)).toBe("paused");
});

test("what has ended, is under way, or is a test is never held", () => {
  for (const delivery of [waiting({ status: "failed", next_attempt_at: null }), waiting({ is_test: true })]) {
    expect(heldNow(delivery, off, now)).toBe(delivery);
  }
  const sending = waiting();
  if (sending.details) sending.details.in_flight = true;
  expect(heldNow(sending, off, now)).toBe(sending);
});
