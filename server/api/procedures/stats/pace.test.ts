import { expect, test } from "vitest";
import { emptyRollup } from "@/domain/delivery/rollup";
import { paceSince, toPaceView } from "./pace";

const minute = 60_000;
const now = 100 * minute + 20_000;
const of = (ago: number, delivered: number, refused: number) => ({
  webhookId: "one",
  start: (100 - ago) * minute,
  rollup: {
    ...emptyRollup(),
    delivered,
    failed: refused,
    codes: { "200": delivered, ...(refused && { "429": refused }) },
  },
});

test("four whole minutes and the one that is under way are looked at", () => {
  expect(paceSince(now)).toBe(96 * minute);
});

test.each([
  ["nothing came", [], null],
  ["nothing was refused", [of(1, 500, 0)], null],
  ["everything was refused", [of(1, 0, 9)], null],
  ["some was refused just now", [of(0, 40, 14)], { taken: 40, refused: 14, most_in_a_minute: null }],
  [
    "some was refused in some minutes, of which those count",
    [of(3, 900, 0), of(2, 118, 3), of(1, 110, 2), of(0, 40, 1)],
    { taken: 1_168, refused: 6, most_in_a_minute: 118 },
  ],
])("%s", (_, rollups, pace) => {
  expect(toPaceView(rollups, now)).toEqual(pace);
});
