import { expect, test } from "vitest";
import { shownError } from "./shown-error";

const away = {};
const fault = { data: { httpStatus: 503 } };
const gone = { data: { httpStatus: 404 } };

test("while the last good answer is there, a lost connection and a fault take nothing away", () => {
  expect(shownError(away, [])).toBeNull();
  expect(shownError(fault, [])).toBeNull();
});

test("what is refused is not shown any more", () => {
  expect(shownError(gone, [])).toBe(gone);
});

test("where nothing had come, every error is shown", () => {
  expect(shownError(away, undefined)).toBe(away);
  expect(shownError(null, undefined)).toBeNull();
});
