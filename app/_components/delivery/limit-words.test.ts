import { expect, test } from "vitest";
import { limitWords } from "./limit-words";

test.each([
  [1, 5, "1 waits, and 5 a second may begin: it goes out within 1 s."],
  [1_200, 2, "1,200 wait, and 2 a second may begin: it goes out within 10 min 0 s."],
  [3, 0.1, "3 wait, and 0.1 a second may begin: it goes out within 30 s."],
])("%d that wait for a limit of %d go in their time", (waiting, perSecond, words) => {
  expect(limitWords(waiting, perSecond)).toBe(words);
});
