import { expect, test } from "vitest";
import { type Change, keyOf, leavesGap, mergeChanges, type Page } from "./list-changes";
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
  is_test: false,
  error: null,
  ...change,
});
const page = (ids: string[], next_cursor: string | null = null): Page => ({
  items: ids.map((id) => delivery(id)),
  next_cursor,
});
const listOf = (...pages: Page[]) => ({ pages, pageParams: pages.map(() => null) });
const changesOf = (...deliveries: Delivery[]) =>
  new Map(deliveries.map((each): [string, Change] => [keyOf(each), { delivery: each, cameAt: 0 }]));
const idsOf = ({ pages }: { pages: Page[] }) => pages.map(({ items }) => items.map(({ id }) => id));

test("what is known changes in place, on whichever page, and what is new comes on top, newest first", () => {
  const list = listOf(page(["5", "4"], "4"), page(["3"]));
  const changes = changesOf(delivery("7"), delivery("3", { status: "delivered" }), delivery("8"));
  const merged = mergeChanges(list, changes, true);
  expect(idsOf(merged)).toEqual([["8", "7", "5", "4"], ["3"]]);
  expect(merged.pages[1]?.items[0]?.status).toBe("delivered");
});

test("what is new stays out until it is asked for", () => {
  const merged = mergeChanges(listOf(page(["5"])), changesOf(delivery("6")), false);
  expect(idsOf(merged)).toEqual([["5"]]);
});

test("a newest page of which nothing is known leaves a gap, unless it holds all there is", () => {
  const list = listOf(page(["3", "2"], "2"), page(["1"]));
  expect(leavesGap(page(["6", "5"], "5"), list, new Map())).toBe(true);
  expect(leavesGap(page(["6", "5"]), list, new Map())).toBe(false);
  expect(leavesGap(page([], "5"), list, new Map())).toBe(false);
});

test("a newest page that reaches what is shown, or what waits to be, leaves none", () => {
  const list = listOf(page(["3", "2"], "2"), page(["1"]));
  expect(leavesGap(page(["4", "3"], "3"), list, new Map())).toBe(false);
  expect(leavesGap(page(["6", "5"], "5"), list, changesOf(delivery("5")))).toBe(false);
});
