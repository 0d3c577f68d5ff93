import { expect, test } from "vitest";
import { type Change, keyOf, leavesGap, type Page, withChanges } from "./list-changes";
import type { Delivery } from "./types";

const delivery = (id: string, change: Partial<Delivery> = {}): Delivery => ({
  id,
  webhook_id: "0193a6f2-7c1e-7b3a-9d54-2f8e6a1c0b47",
  event_type: "search_completed",
  timestamp: `2026-06-15T11:00:0${id}Z`,
  status: "pending",
  status_code: null,
  attempt_count: 0,
  next_attempt_at: null,
  held: null,
  is_test: false,
  tried_url: null,
  error: null,
  ...change,
});
const page = (ids: string[], next_cursor: string | null = null): Page => ({
  items: ids.map((id) => delivery(id)),
  next_cursor,
  searched_by: null,
  searched_back_to: null,
});
const listOf = (...pages: Page[]) => ({ pages, pageParams: pages.map(() => null) });
const changesOf = (...deliveries: Delivery[]) =>
  new Map(deliveries.map((each): [string, Change] => [keyOf(each), { delivery: each, cameAt: 0 }]));
const nothing = changesOf();
const idsOf = ({ deliveries }: { deliveries: Delivery[] }) => deliveries.map(({ id }) => id);

test("what is known changes in place, on whichever page, and what is new comes on top, newest first", () => {
  const list = listOf(page(["5", "4"], "4"), page(["3"]));
  const shown = changesOf(delivery("7"), delivery("3", { status: "delivered" }), delivery("8"));
  const merged = withChanges(list, { shown, waiting: nothing });
  expect(idsOf(merged)).toEqual(["8", "7", "5", "4", "3"]);
  expect(merged.deliveries.at(-1)?.status).toBe("delivered");
  expect(merged.newCount).toBe(0);
});

test("what is new stays out until it is asked for, and is counted; what is known changes meanwhile", () => {
  const waiting = changesOf(delivery("6"), delivery("5", { status: "delivered" }));
  const merged = withChanges(listOf(page(["5"])), { shown: nothing, waiting });
  expect(idsOf(merged)).toEqual(["5"]);
  expect(merged.deliveries[0]?.status).toBe("delivered");
  expect(merged.newCount).toBe(1);
});

test("what was shown on top is listed once when a later page has it, too", () => {
  const list = listOf(page(["5"], "5"), page(["4"]));
  const shown = changesOf(delivery("4"));
  expect(idsOf(withChanges(list, { shown, waiting: nothing }))).toEqual(["5", "4"]);
});

test("nothing is shown of a list that is not there yet", () => {
  const shown = changesOf(delivery("4"));
  expect(withChanges(undefined, { shown, waiting: nothing })).toEqual({ deliveries: [], newCount: 0 });
});

const among =
  (...ids: string[]) =>
  (key: string) =>
    ids.some((id) => keyOf(delivery(id)) === key);

test("a newest page of which nothing is known leaves a gap, unless it holds all there is", () => {
  const isKnown = among("3", "2", "1");
  expect(leavesGap(page(["6", "5"], "5"), isKnown)).toBe(true);
  expect(leavesGap(page(["6", "5"]), isKnown)).toBe(false);
  expect(leavesGap(page([], "5"), isKnown)).toBe(false);
});

test("a newest page that reaches what is known leaves none", () => {
  expect(leavesGap(page(["4", "3"], "3"), among("3", "2", "1"))).toBe(false);
  expect(leavesGap(page(["6", "5"], "5"), among("5", "3", "2", "1"))).toBe(false);
});
