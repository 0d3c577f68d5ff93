import { expect, test } from "vitest";
import { countEvents, eventWords } from "./event-counts";

const names = ["search_completed", "flow_run_failed", "webhook.slow", "webhook.failing"];

test.each([
  [[], "no events"],
  [["search_completed"], "1 of 2"],
  [["search_completed", "flow_run_failed"], "all 2"],
  [["*"], "every type"],
  [["*", "webhook.slow"], "every type + notices"],
  [["flow_run_failed", "webhook.*"], "1 of 2 + notices"],
  [["webhook.*"], "notices"],
  [["webhook.failing"], "notices"],
])("%j is %s", (events, words) => {
  expect(eventWords(events, names)).toBe(words);
});

test("notices are counted apart from what platforms publish", () => {
  expect(countEvents(["*", "webhook.slow"], names)).toEqual({ published: 2, of: 2, notices: 1 });
  expect(countEvents(["webhook.*"], names)).toEqual({ published: 0, of: 2, notices: 2 });
});
