import { expect, test } from "vitest";
import { outcomeOf } from "./event-outcome";

test.each([
  [{ deliveries: 0, outcomes: {} }, "No webhook", "No webhook matched"],
  [{ deliveries: 2, outcomes: { delivered: 2 } }, "Delivered", "2 delivered"],
  [{ deliveries: 3, outcomes: { delivered: 2, failed: 1 } }, "Failed", "1 failed · 2 delivered"],
  [{ deliveries: 1, outcomes: { pending: 1 } }, "Waiting", "1 waiting"],
  // What was missed was sent later.
  [{ deliveries: 0, outcomes: { delivered: 1 } }, "Delivered", "1 delivered"],
  [{ deliveries: 1, outcomes: {} }, "Pruned", "1 delivery, no longer kept"],
])("%j is %s: %s", (event, label, words) => {
  const outcome = outcomeOf(event);
  expect([outcome.state.label, outcome.words]).toEqual([label, words]);
});
