import { expect, test } from "vitest";
import { filterWords, isSettled, settledOf } from "./recovery-words";
import type { RecoveryWithOutcomes } from "./types";

const recovery: RecoveryWithOutcomes = {
  id: "r",
  webhook_id: null,
  since: null,
  until: "2026-03-12T14:02:11.000Z",
  include: ["failed", "missed"],
  event_types: ["search_completed"],
  code_class: 4,
  status_code: null,
  total: 6,
  done: 6,
  made_due: 6,
  state: "done",
  created_at: "2026-03-12T14:02:11.000Z",
  ended_at: "2026-03-12T14:02:12.000Z",
  outcomes: { delivered: 1, refused_again: 2, unanswered: 1, waiting: 1, given_up: 1 },
};

test("a recovery says what it was asked for", () => {
  expect(filterWords(recovery)).toBe("failed and missed · search_completed · answered 4xx");
  expect(filterWords({ ...recovery, event_types: null, code_class: null, status_code: 422 })).toBe(
    "failed and missed · answered 422",
  );
  expect(filterWords({ ...recovery, include: ["failed"], event_types: null, code_class: 0 })).toBe(
    "failed · no answer",
  );
  expect(filterWords({ ...recovery, include: [], event_types: null })).toBe("chosen one by one");
});

test("it has settled once it has ended and none of it waits", () => {
  const outcomes = { ...recovery.outcomes, waiting: 0 };
  expect(settledOf(recovery)).toBe(5);
  expect(isSettled(recovery)).toBe(false);
  expect(isSettled({ ...recovery, outcomes, state: "running" })).toBe(false);
  expect(isSettled({ ...recovery, outcomes, state: "cancelled" })).toBe(true);
});
