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
  expect(rangeOf(filters(""))).toEqual({ preset: "24h" });
  expect(rangeOf(filters("webhook=w"))).toEqual({ preset: "24h" });
  expect(rangeOf(filters("code=4"))).toBeNull();
  expect(rangeOf(filters("code=4&range=7d"))).toEqual({ preset: "7d" });
});

test("of a list of attempts it takes their time, and what they were answered", () => {
  const time = { range: null, now, zone: "UTC" };
  expect(rangeOf(filters("range=7d&by=attempt"))).toEqual({ preset: "7d" });
  expect(toRecovery(filters("range=7d&by=attempt&answer=422"), ["failed"], time)).toMatchObject({
    status_code: 422,
  });
  expect(toRecovery(filters("range=7d&by=attempt&answer=timeout"), ["failed"], time)).toMatchObject({
    code_class: 0,
  });
});

test("it asks for the type and the code that are on", () => {
  const asked = toRecovery(filters("webhook=w&type=search_completed&code=4"), ["failed"], {
    range: { preset: "1h" },
    now,
    zone: "UTC",
  });
  expect(asked).toMatchObject({
    webhook_id: "w",
    event_types: ["search_completed"],
    code_class: 4,
    since: "2026-06-19T23:00:00.000Z",
    include: ["failed"],
  });
  expect(toRecovery(filters("code=422"), ["failed"], { range: null, now, zone: "UTC" })).toMatchObject({
    status_code: 422,
    code_class: undefined,
    since: undefined,
  });
});
