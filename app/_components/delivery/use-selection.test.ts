import { expect, test } from "vitest";
import type { Delivery } from "./types";
import { between } from "./use-selection";

const list = ["a", "b", "c", "d"].map((id) => ({ id, webhook_id: "w" }) as Delivery);

test("a range goes from the last choice to this one, whichever comes first in the list", () => {
  expect(between(list, "w/b", "w/d")).toEqual(["w/b", "w/c", "w/d"]);
  expect(between(list, "w/c", "w/a")).toEqual(["w/a", "w/b", "w/c"]);
});

test("without a last choice in the list it is this one alone", () => {
  expect(between(list, null, "w/c")).toEqual(["w/c"]);
  expect(between(list, "w/gone", "w/c")).toEqual(["w/c"]);
});
