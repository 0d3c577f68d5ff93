import { describe, expect, test } from "vitest";
import { recoveryTarget } from "./recovery";

const webhook = { key: 7, afterEvent: 100 };
const range = {
  includeFailed: true,
  includeMissed: true,
  events: ["search_completed"],
  lastEvent: 200,
};
type Event = Parameters<typeof recoveryTarget>[0];
const event: Event = { key: 150, type: "search_completed", isTest: false, skipped: [], delivery: null };
const failed: Event = { ...event, delivery: { status: "failed", hasChangedSince: false } };
const skipped = (reason: string, key = 7): Event => ({
  ...event,
  skipped: [
    [3, "not_subscribed"],
    [key, reason],
  ],
});

describe("an event is sent again", () => {
  test.each<[string, Event, "failed" | "missed"]>([
    ["when its delivery had failed", failed, "failed"],
    ["when it came while the webhook was off", skipped("inactive"), "missed"],
    ["when it is older than the webhook and of a type that it lists", { ...event, key: 100 }, "missed"],
  ])("%s, if that is included", (_, each, target) => {
    expect(recoveryTarget(each, webhook, range)).toBe(target);
    const without = { ...range, includeFailed: target !== "failed", includeMissed: target !== "missed" };
    expect(recoveryTarget(each, webhook, without)).toBeNull();
  });

  test.each<[string, Event]>([
    ["when it arrived", { ...event, delivery: { status: "delivered", hasChangedSince: false } }],
    ["when it still waits", { ...event, delivery: { status: "pending", hasChangedSince: false } }],
    ["when somebody gave it up", { ...event, delivery: { status: "cancelled", hasChangedSince: false } }],
    [
      "when it failed after the range was closed",
      { ...event, delivery: { status: "failed", hasChangedSince: true } },
    ],
    ["when it came after the range was closed", { ...failed, key: 201 }],
    ["when it is a test", { ...failed, isTest: true }],
    ["when the webhook did not list its type", skipped("not_subscribed")],
    ["when it was recovered before, and pruned", skipped("recovered")],
    ["when another webhook was off", skipped("inactive", 8)],
    ["when its delivery was pruned", event],
    ["when it is older, and of another type", { ...event, key: 9, type: "flow_run_failed" }],
  ])("not %s", (_, each) => {
    expect(recoveryTarget(each, webhook, range)).toBeNull();
  });
});
