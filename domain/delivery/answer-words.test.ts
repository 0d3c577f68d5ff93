import { expect, test } from "vitest";
import { answerWords } from "./answer-words";

const words = (body: string, headers = {}) => answerWords({ headers, body: Buffer.from(body) });

test.each([
  ["plain words", "unknown field\n", "unknown field"],
  ["JSON, in one line", '{\n  "error": "no such\tcase"\n}', '{ "error": "no such case" }'],
  ["a page, by its title", "<html>\n<head><title>502 Bad Gateway</title></head><body>", "502 Bad Gateway"],
  ["a page without a title", "<!doctype html><h1>Oops</h1>", ""],
  ["nothing", "", ""],
  ["characters that nobody sees", "a\u0000\u202eb", "a b"],
])("%s", (_, body, expected) => {
  expect(words(body)).toBe(expected);
});

test("a long answer is cut, and a compressed one has no words", () => {
  expect(words("x".repeat(5_000))).toBe(`${"x".repeat(200)}…`);
  expect(words("\u001f\u008b", { "content-encoding": "gzip" })).toBe("");
});
