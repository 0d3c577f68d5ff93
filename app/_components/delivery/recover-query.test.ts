import { expect, test } from "vitest";
import { readFilters } from "./delivery-query";
import { kindsOf, rangeOf, toRecovery } from "./recover-query";

const filters = (url: string) => readFilters((name) => new URLSearchParams(url).get(name) ?? "");
const now = Date.UTC(2026, 5, 20);

test("a recovery begins with what the list shows, and with what failed where that says nothing", () => {
  expect(kindsOf(filters(""))).toEqual(["failed"]);
  expect(kindsOf(filters("status=delivered"))).toEqual(["delivered"]);
  expect(kindsOf(filters("status=pending"))).toEqual([]);
});

test("it goes back as far as the list does, and a day where no filter is on", () => {
  expect(rangeOf(filters(""))).toBe("24h");
  expect(rangeOf(filters("webhook=w"))).toBe("24h");
  expect(rangeOf(filters("code=4"))).toBe("");
  expect(rangeOf(filters("code=4&range=7d"))).toBe("7d");
});

test("it asks for the type and the code that are on", () => {
  const asked = toRecovery(filters("webhook=w&type=search_completed&code=4"), "1h", ["failed"], now);
  expect(asked).toMatchObject({
    webhook_id: "w",
    event_types: ["search_completed"],
    code_class: 4,
    since: "2026-06-19T23:00:00.000Z",
    include: ["failed"],
  });
  expect(toRecovery(filters("code=422"), "", ["failed"], now)).toMatchObject({
    status_code: 422,
    code_class: undefined,
    since: undefined,
  });
});
