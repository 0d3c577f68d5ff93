import { expect, test } from "vitest";
import { isFiltered, readFilters, toListInput } from "./event-query";

const now = Date.UTC(2026, 0, 2, 12, 0, 30);
const of = (query: string) => readFilters((name) => new URLSearchParams(query).get(name) ?? "");

test("filters become what the API is asked", () => {
  const filters = of("type=search_completed&range=24h&outcome=none&q=%20C-42%20&look=payloads");
  expect(toListInput(filters, now, "UTC")).toEqual({
    type: "search_completed",
    since: "2026-01-01T12:00:00.000Z",
    has_matched: false,
    text: "C-42",
    payloads: true,
    page_size: 50,
  });
});

test("what nobody knows, and what is not given, is left out", () => {
  expect(toListInput(of("range=forever&outcome=maybe&look=payloads"), now, "UTC")).toEqual({ page_size: 50 });
});

test("a list without filters says so", () => {
  expect(isFiltered(of(""))).toBe(false);
  expect(isFiltered(of("outcome=some"))).toBe(true);
});
