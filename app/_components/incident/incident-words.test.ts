import { describe, expect, test } from "vitest";
import { fateWords, spanWords } from "./incident-words";
import type { Incident } from "./types";

const incident: Incident = {
  id: "i",
  webhook_id: "w",
  started_at: "2026-11-28T01:00:04.000Z",
  ended_at: "2026-11-28T01:01:10.000Z",
  cause: { code: "server_error", confidence: "likely", meaning: "It is down.", next_step: "Look." },
  event_id: "e",
  event_type: "search_completed",
  held_count: 8,
  outcomes: null,
  deliveries: null,
  is_complete: true,
};
const now = Date.parse("2026-11-28T02:00:04.000Z");
const became = (deliveries: Partial<NonNullable<Incident["deliveries"]>>) => ({
  ...incident,
  deliveries: { delivered: 0, failed: 0, cancelled: 0, pending: 0, ...deliveries },
});

test("an incident is told from when to when, and how long it lasted or lasts", () => {
  expect(spanWords(incident, now, "UTC")).toBe("01:00:04–01:01:10, 1 min");
  expect(spanWords({ ...incident, ended_at: null }, now, "UTC")).toBe("since 01:00:04, 1 h");
});

describe("what became of its events", () => {
  test.each([
    ["is not counted yet", incident, "8 held"],
    ["was good", became({ delivered: 8 }), "8 held; all 8 events delivered"],
    ["was good for the only one", { ...became({ delivered: 1 }), held_count: 0 }, "its 1 event delivered"],
    [
      "was mixed",
      became({ delivered: 1200, failed: 2 }),
      "8 held; of 1,202 events 1,200 delivered, 2 failed",
    ],
    [
      "is not over",
      became({ delivered: 1, pending: 7, cancelled: 1 }),
      "8 held; of 9 events 1 delivered, 1 cancelled, 7 waiting",
    ],
    ["is nothing", { ...became({}), held_count: 0 }, "no event came meanwhile"],
    [
      "was too much to count",
      { ...became({ failed: 3 }), is_complete: false },
      "8 held; all 3 events failed; of more than could be counted",
    ],
  ])("%s", (_, told, words) => {
    expect(fateWords(told)).toBe(words);
  });
});
