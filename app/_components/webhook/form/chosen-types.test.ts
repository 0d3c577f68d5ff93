import { expect, test } from "vitest";
import { allPublished, eventsFor, typesOf } from "./chosen-types";

const names = ["search_completed", "flow_run_failed", "webhook.slow"];

test("* comes to what the platform publishes, and to nothing of what is told of webhooks", () => {
  expect(typesOf(["*"], names)).toEqual(["search_completed", "flow_run_failed"]);
  expect(typesOf(["webhook.*", "flow_run_failed"], names)).toEqual(["flow_run_failed", "webhook.slow"]);
});

test.each([
  [["search_completed", "flow_run_failed", "webhook.slow"], ["*"], ["*", "webhook.slow"]],
  [["flow_run_failed"], ["*"], ["flow_run_failed"]],
  [["search_completed", "webhook.slow"], ["webhook.*"], ["webhook.*", "search_completed"]],
  [["search_completed", "flow_run_failed"], ["search_completed"], ["search_completed", "flow_run_failed"]],
])("of %j, after %j, it is %j", (types, before, events) => {
  expect(eventsFor(types, before, names)).toEqual(events);
});

test.each([
  [[], ["search_completed", "flow_run_failed"]],
  [
    ["flow_run_failed", "webhook.slow"],
    ["search_completed", "flow_run_failed", "webhook.slow"],
  ],
  [["*"], ["*"]],
])("all, after %j, is %j: notices only where they were chosen", (before, events) => {
  expect(allPublished(before, names)).toEqual(events);
});
