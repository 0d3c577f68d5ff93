import { expect, test } from "vitest";
import { findText, findValue, neededTexts, parseSearch } from "./query";

const payload = JSON.stringify({
  id: "evt_1",
  type: "search_completed",
  data: {
    case_id: "C-42",
    query: { name: "Amelia Hartmann" },
    hit_count: 2,
    lists: ["pep", "sanctions"],
    note: 'a "b"',
  },
});

test.each([
  ["C-42", null, "C-42"],
  ["data.case_id = C-42", "data.case_id", "C-42"],
  ["case_id=C-42", "data.case_id", "C-42"],
  ['data.lists[1] = "sanctions"', "data.lists", "sanctions"],
  ["query.name = Amelia Hartmann", "data.query.name", "Amelia Hartmann"],
  ["a note = with words", null, "a note = with words"],
  ["https://example.com/?a=b", null, "https://example.com/?a=b"],
])("%s is looked for at %s as %s", (text, path, value) => {
  expect(parseSearch(text)).toEqual({ text, path, value });
});

test.each([
  ["C-42", "data.case_id", "C-42"],
  ["2", "data.hit_count", "2"],
  ["lists = sanctions", "data.lists[1]", "sanctions"],
  ["query.name = Amelia Hartmann", "data.query.name", "Amelia Hartmann"],
])("%s is found as a whole value", (text, path, excerpt) => {
  expect(findValue(payload, parseSearch(text))).toEqual({ path, excerpt });
});

test.each(["C-4", "Hartmann", "query.name = C-42", "evt_1"])("%s is no value of the data", (text) => {
  expect(findValue(payload, parseSearch(text))).toBeNull();
});

test("a part of a value is found with all of the value", () => {
  expect(findText(payload, parseSearch("Hartm"))).toEqual({
    path: "data.query.name",
    excerpt: "Amelia Hartmann",
  });
});

test("of a long value, what is around the text is shown", () => {
  const long = JSON.stringify({ data: { text: `${"x".repeat(300)}here${"y".repeat(300)}` } });
  expect(findText(long, parseSearch("here"))).toEqual({
    path: "data.text",
    excerpt: `…${"x".repeat(40)}here${"y".repeat(40)}…`,
  });
});

test("a text over several values is found where it stands", () => {
  expect(findText(payload, parseSearch('"hit_count":2,'))?.path).toBeNull();
});

test("what a payload must hold is the value as JSON writes it", () => {
  for (const text of ['note = a "b"', 'a "b"', "C-42"]) {
    expect(neededTexts(parseSearch(text)).some((needed) => payload.includes(needed))).toBe(true);
  }
});

test("a value is found as people write it, and not only as JSON does", () => {
  expect(findText(payload, parseSearch('a "b"'))).toEqual({ path: "data.note", excerpt: 'a "b"' });
  expect(findText(payload, parseSearch('a \\"b'))?.path).toBeNull();
});
