import { describe, expect, test } from "vitest";
import { type RecoveryKind, type RecoveryRange, recoveryKind } from "./recovery";

const webhook = { key: 7, afterEvent: 100, events: ["search_completed"] };
const range: RecoveryRange = {
  include: ["failed", "missed"],
  types: null,
  codeClass: null,
  statusCode: null,
  lastEvent: 200,
};
type Event = Parameters<typeof recoveryKind>[0];
type Delivery = NonNullable<Parameters<typeof recoveryKind>[1]>;
const event: Event = { key: 150, type: "search_completed", isTest: false, skipped: [] };
const failed: Delivery = { status: "failed", statusCode: 503, attempts: 8, hasChangedSince: false };
const skipped = (reason: string, key = 7): Event => ({
  ...event,
  skipped: [
    [3, "not_subscribed"],
    [key, reason],
  ],
});

test.each<[string, Event, Delivery | null, RecoveryKind | null]>([
  ["failed when its delivery had failed", event, failed, "failed"],
  ["delivered when it arrived", event, { ...failed, status: "delivered" }, "delivered"],
  ["cancelled when somebody gave it up", event, { ...failed, status: "cancelled" }, "cancelled"],
  ["pending while it goes out by itself", event, { ...failed, status: "pending" }, "pending"],
  [
    "pending also when it changed meanwhile",
    event,
    { ...failed, status: "pending", hasChangedSince: true },
    "pending",
  ],
  ["missed when it came while the webhook was off", skipped("inactive"), null, "missed"],
  [
    "missed when it is older than the webhook and of a type that it lists",
    { ...event, key: 100 },
    null,
    "missed",
  ],
  ["a test when that ended as the recovery asks for", { ...event, isTest: true }, failed, "test"],
  [
    "nothing when it is a test of another end",
    { ...event, isTest: true },
    { ...failed, status: "delivered" },
    null,
  ],
  ["nothing when it failed after the range was closed", event, { ...failed, hasChangedSince: true }, null],
  ["nothing when it came after the range was closed", { ...event, key: 201 }, failed, null],
  ["nothing when the webhook did not list its type", skipped("not_subscribed"), null, null],
  ["nothing when it was recovered before, and pruned", skipped("recovered"), null, null],
  ["nothing when another webhook was off", skipped("inactive", 8), null, null],
  ["nothing when its delivery was pruned", event, null, null],
  [
    "nothing when it is older, and of another type",
    { ...event, key: 9, type: "flow_run_failed" },
    null,
    null,
  ],
])("an event is %s", (_, each, delivery, kind) => {
  expect(recoveryKind(each, delivery, webhook, range)).toBe(kind);
});

describe("a range keeps out what does not fit", () => {
  test("by the type", () => {
    expect(recoveryKind(event, failed, webhook, { ...range, types: ["search_completed"] })).toBe("failed");
    expect(recoveryKind(event, failed, webhook, { ...range, types: ["flow_run_failed"] })).toBeNull();
  });

  test("by the code of the latest answer", () => {
    const kind = (delivery: Delivery, asked: Partial<RecoveryRange>) =>
      recoveryKind(event, delivery, webhook, { ...range, ...asked });
    const unanswered = { ...failed, statusCode: null };
    expect(kind(failed, { statusCode: 503 })).toBe("failed");
    expect(kind(failed, { statusCode: 500 })).toBeNull();
    expect(kind(failed, { codeClass: 5 })).toBe("failed");
    expect(kind(failed, { codeClass: 4 })).toBeNull();
    expect(kind(failed, { codeClass: 0 })).toBeNull();
    expect(kind(unanswered, { codeClass: 0 })).toBe("failed");
    expect(kind({ ...unanswered, attempts: 0 }, { codeClass: 0 })).toBeNull();
  });

  test("and what was missed had no answer, so a code keeps it out", () => {
    expect(recoveryKind(skipped("inactive"), null, webhook, { ...range, codeClass: 0 })).toBeNull();
  });
});
