import { expect, test } from "vitest";
import { parseSearch } from "./query";
import { eventsOf, type Indexed, termsFor, termsOf } from "./segment";

const event = (key: number, data: object): Indexed => ({
  key,
  payload: JSON.stringify({ id: `e${key}`, data }),
});

/** As a store looks: by the terms of the question alone. */
function find(events: Indexed[], text: string): number[] {
  const firstKey = events[0]?.key ?? 0;
  const query = parseSearch(text);
  const asked = new Set(termsFor(query));
  return eventsOf(
    termsOf(events, firstKey).filter(({ term }) => asked.has(term)),
    firstKey,
    query,
  );
}

const events = [
  event(1_000, { case_id: "C-42", state: "open", person: { is_pep: true } }),
  event(1_001, { case_id: "C-43", state: "closed", person: { is_pep: false } }),
  event(1_007, { case_id: "C-44", related: ["C-42", "C-43"], state: "open" }),
];

test.each([
  ["C-42", [1_007, 1_000]],
  ["data.case_id = C-42", [1_000]],
  ["related = C-42", [1_007]],
  ["true", [1_000]],
  ["state = open", [1_007, 1_000]],
  ["C-4", []],
])("%s finds %j", (text, keys) => {
  expect(find(events, text)).toEqual(keys);
});

test("an event with very many values is looked through whatever is asked for", () => {
  const wide = event(2_000, { list: Array.from({ length: 5_000 }, (_, index) => index) });
  expect(find([wide], "anything")).toEqual([2_000]);
  expect(termsOf([wide], 2_000)).toHaveLength(1);
});

test("a value that many events share takes four bytes of each", () => {
  const many = Array.from({ length: 500 }, (_, index) => event(index, { state: "open" }));
  expect(termsOf(many, 0).map(({ postings }) => postings.length)).toEqual([2_000]);
});

test("terms are numbers that every database holds, and differ", () => {
  const values = Array.from({ length: 20_000 }, (_, index) => `case-${index}`);
  const terms = termsOf(
    [...values.keys()].map((key) => event(key, { id: values[key] })),
    0,
  );
  expect(terms).toHaveLength(values.length);
  expect(terms.every(({ term }) => Number.isSafeInteger(term) && term > 0 && term <= 2 ** 48)).toBe(true);
});
