import { expect, test } from "vitest";
import { addBalances, emptyBalance, ended, isBalanced, moved } from "./balance";

const even = { matched: 15, delivered: 5, waiting: 4, failed: 3, cancelled: 2, missed: 1 };

test("an equation holds when what matched is the sum of what became of it", () => {
  expect(isBalanced(even)).toBe(true);
  expect(isBalanced(emptyBalance())).toBe(true);
  for (const part of ["matched", "delivered", "waiting", "failed", "cancelled", "missed"] as const) {
    expect(isBalanced({ ...even, [part]: even[part] + 1 })).toBe(false);
  }
});

test("the equations of two webhooks add up", () => {
  expect(addBalances(even, even)).toEqual({
    matched: 30,
    delivered: 10,
    waiting: 8,
    failed: 6,
    cancelled: 4,
    missed: 2,
  });
});

test("what moves leaves one number for another", () => {
  expect(moved("failed", "pending", 3)).toEqual({ failed: -3, pending: 3 });
  expect(ended(["delivered", "failed", "delivered"])).toEqual({ delivered: 2, failed: 1, pending: -3 });
});
