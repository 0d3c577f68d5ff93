import { expect, test } from "vitest";
import { createIds } from "./ids";

test("an id is a UUID of version 7 that starts with its time", () => {
  const newId = createIds(() => 0x0123_4567_89ab);
  expect(newId()).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("ids sort in the order in which they were made, also while the clock stands still or steps back", () => {
  let now = 1_000_000;
  const newId = createIds(() => now);
  const ids: string[] = [];
  for (let made = 0; made < 20_000; made += 1) {
    if (made === 5_000) now -= 500;
    if (made === 15_000) now += 2_000;
    ids.push(newId());
  }
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});
