import { expect, test } from "vitest";
import { RefusalTally } from "./refusal-tally";

const failed = (...statuses: (number | null)[]) =>
  statuses.map((statusCode, index) => ({ statusCode, eventId: `event-${index}` }));

test.each([
  ["nothing failed", [], null],
  ["nothing was refused for its content", failed(500, null, 401, 429), null],
  ["all were", failed(422, 422), { statusCode: 422, count: 2, oldestEventId: "event-0" }],
  [
    "the largest part of several counts",
    failed(500, 400, 422, 409, 422, null),
    { statusCode: 422, count: 2, oldestEventId: "event-2" },
  ],
  [
    "the one that begins first of two equal parts counts",
    failed(409, 422, 422, 409),
    { statusCode: 409, count: 2, oldestEventId: "event-0" },
  ],
])("%s", (_, targets, expected) => {
  const tally = new RefusalTally();
  for (const target of targets) tally.add([target]);
  expect(tally.most).toEqual(expected);
});
