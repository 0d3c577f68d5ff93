import { expect, test } from "vitest";
import { agentsAloneWords, outcomeOf } from "./event-outcome";

test.each([
  [{ deliveries: 0, outcomes: {} }, "No webhook", "To no webhook"],
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

const sent = { delivery: { attempt_count: 1 } };
const waiting = { delivery: { attempt_count: 0 } };
const notAsked = { delivery: null };

test.each([
  [[sent, notAsked], "There is no webhook; 1 agent was sent it."],
  [[sent, sent], "There is no webhook; 2 agents were sent it."],
  [[waiting, notAsked], "There is no webhook."],
])("without webhooks, %j: %s", (agents, words) => {
  expect(agentsAloneWords(agents)).toBe(words);
});
