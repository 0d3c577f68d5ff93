import { expect, test } from "vitest";
import { tomorrowAt } from "./tomorrow";

test.each([
  ["UTC", "2026-11-23T14:00:00Z", "2026-11-24T09:00:00Z"],
  ["UTC", "2026-12-31T23:59:59Z", "2027-01-01T09:00:00Z"],
  // The day is the zone's own.
  ["Asia/Tokyo", "2026-11-23T23:00:00Z", "2026-11-25T00:00:00Z"],
  ["America/Los_Angeles", "2026-11-23T02:00:00Z", "2026-11-23T17:00:00Z"],
  ["Asia/Kathmandu", "2026-11-23T02:00:00Z", "2026-11-24T03:15:00Z"],
  // The night in which the clocks change.
  ["Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T07:00:00Z"],
  ["Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T08:00:00Z"],
])("tomorrow at nine in %s, as seen at %s", (zone, now, expected) => {
  expect(new Date(tomorrowAt(9, Date.parse(now), zone)).toISOString()).toBe(new Date(expected).toISOString());
});
