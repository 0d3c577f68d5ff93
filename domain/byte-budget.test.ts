import { expect, test } from "vitest";
import { createByteBudget } from "./byte-budget";

test("what is held at once stays within the budget, and within each holder's part of it", () => {
  const budget = createByteBudget(10);
  const [a, b, more] = [budget.open("a", 6), budget.open("b", 6), budget.open("a", 6)];
  expect([a.take(4), more.take(3), more.take(2)]).toEqual([true, false, true]);
  expect([b.take(5), b.take(4), b.take(0)]).toEqual([false, true, true]);
});

test("what is given back can be taken again, by anybody", () => {
  const budget = createByteBudget(10);
  const [a, b] = [budget.open("a", 10), budget.open("b", 10)];
  expect([a.take(10), b.take(1)]).toEqual([true, false]);
  a.release();
  a.release();
  expect([b.take(10), a.take(1)]).toEqual([true, false]);
  b.release();
  expect(a.take(10)).toBe(true);
});
