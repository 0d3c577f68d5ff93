import { expect, test } from "vitest";
import { eventTypeNames, findEventType } from "@/domain/event/catalogue";
import { createEventMaker } from "./events";

/** Fifty dice, each of which falls its own way every time. */
const seeds = Array.from({ length: 50 }, (_, seed) => seed + 1);

function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

test("every event of the demo is valid by the catalogue, and every type comes up", () => {
  const seen = new Set<string>();
  for (const seed of seeds) {
    const makeEvent = createEventMaker(dice(seed));
    for (let count = 0; count < 40; count += 1) {
      const { type, data } = makeEvent();
      seen.add(type);
      expect(findEventType(type)?.data.safeParse(data).error).toBeUndefined();
    }
  }
  expect([...seen].sort()).toEqual([...eventTypeNames].sort());
});
