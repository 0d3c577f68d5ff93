import { expect, test } from "vitest";
import { dataJsonSchema, eventTypes, findEventType, receivedTypes } from "./catalogue";
import { eventName } from "./event-name";

test("the types, names and targets are the contract's", () => {
  expect(eventTypes.map(({ type, targetType }) => [type, eventName(type), targetType])).toEqual([
    ["cdd_state_changed", "CDD_STATE_CHANGED", "CDD"],
    ["monitoring_alert_fired", "MONITORING_ALERT_FIRED", "MONITORING_ALERT"],
    ["cdd_document_fetched", "CDD_DOCUMENT_FETCHED", "CDD"],
    ["search_completed", "SEARCH_COMPLETED", "NAME_SCREENING"],
    ["alert_remediated", "ALERT_REMEDIATED", "NAME_SCREENING"],
    ["flow_run_completed", "FLOW_RUN_COMPLETED", "FLOW_RUN"],
    ["flow_run_failed", "FLOW_RUN_FAILED", "FLOW_RUN"],
  ]);
});

test("a notice is named without its dot", () => {
  expect(eventName("webhook.disabling_soon")).toBe("WEBHOOK_DISABLING_SOON");
});

test.each(receivedTypes)(
  "the sample of $type fits its schema, with fields that it does not know",
  (entry) => {
    expect(entry.data.safeParse(entry.sample).error).toBeUndefined();
    expect(entry.data.safeParse({ ...entry.sample, more: { of: ["it"] } }).error).toBeUndefined();
  },
);

test.each(receivedTypes)("$type refuses data that is no object, or lacks what it is about", ({ data }) => {
  for (const bad of [undefined, null, [], "text", {}]) expect(data.safeParse(bad).success).toBe(false);
});

test.each(receivedTypes)("the sample of $type shows every field of its JSON Schema", (entry) => {
  const { properties = {} } = dataJsonSchema(entry);
  expect(Object.keys(entry.sample).sort()).toEqual(Object.keys(properties).sort());
});

test("an unknown type is none, also one that every object has", () => {
  expect(findEventType("nothing")).toBeUndefined();
  expect(findEventType("constructor")).toBeUndefined();
});
