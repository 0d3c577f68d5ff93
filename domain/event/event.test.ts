import { expect, test } from "vitest";
import { dataJsonIn, eventBody } from "./event";

test("an event's data is found in its body as it was written", () => {
  const event = { id: 'a"ü', type: "search_completed", createdAt: 1_800_000_000_123 };
  const dataJson = '{ "amount": 1.50, "id": 12345678901234567890 }';
  expect(dataJsonIn(eventBody({ ...event, dataJson }), event)).toBe(dataJson);
});
