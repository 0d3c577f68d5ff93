import { describe, expect, test } from "vitest";
import type { Skipped } from "../event/fan-out";
import { hangsOnContent, type RecoveryKind, type RecoveryRange, recoveryKind } from "./recovery";

const webhook = { key: 7, afterEvent: 100, events: ["search_completed"], conditions: null };
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
const skipped = (reason: Skipped[1], key = 7): Event => ({
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
  ["nothing when its content was not what was asked for then", skipped("filtered"), null, null],
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

describe("what is older than a webhook that asks something of its content is", () => {
  const asking = {
    ...webhook,
    conditions: { search_completed: { op: "at_least", path: "hit_count", value: 2 } },
  } as const;
  const older = { ...event, key: 100 };
  const kind = (each: Event) => recoveryKind(each, null, asking, range);

  test("missed when its content fits", () => {
    expect(hangsOnContent(older, asking)).toBe(true);
    expect(kind({ ...older, data: { hit_count: 2 } })).toBe("missed");
    expect(kind({ ...older, data: { hit_count: 1 } })).toBeNull();
  });

  test("nothing once retention has removed its content", () => {
    expect(kind(older)).toBeNull();
  });

  test("what was decided when it came, whatever is asked now", () => {
    expect(hangsOnContent({ ...older, skipped: [[7, "inactive"]] }, asking)).toBe(false);
    expect(kind({ ...older, skipped: [[7, "inactive"]], data: { hit_count: 1 } })).toBe("missed");
  });

  test("not read where nothing hangs on it", () => {
    expect(hangsOnContent({ ...older, type: "flow_run_failed" }, asking)).toBe(false);
    expect(hangsOnContent({ ...older, key: 101 }, asking)).toBe(false);
    expect(hangsOnContent({ ...older, isTest: true }, asking)).toBe(false);
    expect(hangsOnContent(older, webhook)).toBe(false);
  });
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
