import { expect, test } from "vitest";
import { firstPublished, firstType } from "./first-type";

const types = ["search_completed", "flow_run_failed", "webhook.failing"].map((type) => ({ type }));

test.each([
  [["flow_run_failed", "webhook.*"], "flow_run_failed"],
  [["*"], "search_completed"],
  [["webhook.*"], "webhook.failing"],
  [[], "search_completed"],
])("of %j it is %s", (events, type) => {
  expect(firstType(events, types)?.type).toBe(type);
});

test("there is none before the catalogue is there", () => {
  expect(firstType(["*"], [])).toBeUndefined();
});

test.each([
  [["*"], "search_completed"],
  [["webhook.*", "flow_run_failed"], "flow_run_failed"],
  [["webhook.*"], undefined],
  [[], undefined],
])("of %j, a platform can publish %s", (events, type) => {
  expect(firstPublished(events, types)?.type).toBe(type);
});
