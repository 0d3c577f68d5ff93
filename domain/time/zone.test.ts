import { expect, test } from "vitest";
import { atLocal, knownZone, localTime, startOfDay } from "./zone";

const iso = (at: number) => new Date(at).toISOString();

test.each([
  ["UTC", [2026, 11, 23, 9, 0], "2026-11-23T09:00:00.000Z"],
  ["Asia/Kathmandu", [2026, 11, 23, 9, 0], "2026-11-23T03:15:00.000Z"],
  // The month's and the day's end.
  ["UTC", [2026, 12, 32, 25, 0], "2027-01-02T01:00:00.000Z"],
  // 2:30 comes twice on 25 October 2026, and not at all on 29 March.
  ["Europe/Berlin", [2026, 10, 25, 2, 30], "2026-10-25T00:30:00.000Z"],
  ["Europe/Berlin", [2026, 3, 29, 2, 30], "2026-03-29T01:30:00.000Z"],
  ["Europe/Berlin", [2026, 3, 29, 3, 30], "2026-03-29T01:30:00.000Z"],
  // West of Greenwich, either way.
  ["America/New_York", [2026, 11, 1, 1, 30], "2026-11-01T05:30:00.000Z"],
  ["America/New_York", [2026, 3, 8, 2, 30], "2026-03-08T07:30:00.000Z"],
] as const)("in %s, the clocks show %j at %s", (zone, [year, month, day, hour, minute], at) => {
  expect(iso(atLocal({ year, month, day, hour, minute }, zone))).toBe(at);
});

test.each([
  ["Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00.000Z", 23],
  ["Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00.000Z", 25],
  ["Asia/Tokyo", "2026-11-23T20:00:00Z", "2026-11-23T15:00:00.000Z", 24],
  // Here the clocks leave out midnight itself.
  ["Asia/Beirut", "2026-03-29T12:00:00Z", "2026-03-28T22:00:00.000Z", 23],
])("a day of %s around %s begins at %s and has %d hours", (zone, at, begin, hours) => {
  const start = startOfDay(Date.parse(at), zone);
  expect(iso(start)).toBe(begin);
  expect((startOfDay(Date.parse(at), zone, 1) - start) / 3_600_000).toBe(hours);
});

test("what the clocks show leads back to the time, around the year and the world", () => {
  for (const zone of ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"]) {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 11 * 3_600_000 + 60_000) {
      const back = atLocal(localTime(at, zone), zone);
      // Earlier only where the clocks show it twice.
      expect([0, 1_800_000, 3_600_000], `${zone} ${iso(at)}`).toContain(at - back);
      expect(localTime(back, zone)).toEqual(localTime(at, zone));
    }
  }
});

test("a zone is known by any of its names, and anything else by none", () => {
  expect(knownZone("europe/berlin")).toBe("Europe/Berlin");
  expect([knownZone("Mars/Olympus"), knownZone(""), knownZone(null)]).toEqual([null, null, null]);
});
