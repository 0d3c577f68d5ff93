import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Patience } from "./patience";

beforeEach(() => vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => vi.useRealTimers());

test("connections are kept for half of what a receiver was seen to keep them", () => {
  const patience = new Patience();
  patience.learn("w1 https://a.example/", 1_000);
  expect(patience.with("w1 https://a.example/")).toBe(500);
  expect(patience.with("w2 https://a.example/")).toBeNull();
});

test("one that ended a connection within moments is not thought to keep any", () => {
  const patience = new Patience();
  patience.learn("w1 https://a.example/", 49);
  expect(patience.with("w1 https://a.example/")).toBe(0);
});

test("what was seen is forgotten after ten minutes: a restart ends connections too", () => {
  const patience = new Patience();
  patience.learn("w1 https://a.example/", 0);
  vi.advanceTimersByTime(9 * 60_000);
  expect(patience.with("w1 https://a.example/")).toBe(0);
  vi.advanceTimersByTime(61_000);
  expect(patience.with("w1 https://a.example/")).toBeNull();
});

test("of more than 512 receivers the latest are remembered", () => {
  const patience = new Patience();
  for (let number = 0; number <= 512; number += 1) patience.learn(`w${number}`, 1_000);
  expect(patience.with("w0")).toBeNull();
  expect(patience.with("w1")).toBe(500);
  expect(patience.with("w512")).toBe(500);
});
