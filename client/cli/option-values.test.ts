import { InvalidArgumentError } from "commander";
import { expect, test } from "vitest";
import { toCount, toList, toListOf, toOneOf, toTime, toUrl } from "./option-values";

test("what an option can mean is taken as it is", () => {
  expect(toList("a, b")).toEqual(["a", "b"]);
  expect(toListOf(["failed", "missed"])("missed,failed")).toEqual(["missed", "failed"]);
  expect(toOneOf(["failed"])("failed")).toBe("failed");
  expect(toUrl("http://localhost:4000")).toBe("http://localhost:4000");
  expect(toTime("2026-01-31T08:00Z")).toBe("2026-01-31T08:00Z");
  expect(toTime("2026-01-31T08:00:01.5+01:00")).toBe("2026-01-31T08:00:01.5+01:00");
  expect(toCount(200)("200")).toBe(200);
});

test.each([
  ["a list with a gap", () => toList("a,,b")],
  ["a kind that there is not", () => toListOf(["failed"])("failed,refused")],
  ["a status that there is not", () => toOneOf(["failed"])("fail")],
  ["a URL of another scheme", () => toUrl("localhost:4000")],
  ["a day without a time", () => toTime("2026-01-31")],
  ["a time without a zone", () => toTime("2026-01-31T08:00")],
  ["a month that there is not", () => toTime("2026-13-01T08:00Z")],
  ["no number", () => toCount(200)("many")],
  ["too many", () => toCount(200)("201")],
])("%s is wrong usage", (_, parse) => {
  expect(parse).toThrow(InvalidArgumentError);
});
