const isoTime = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d))?$/;

/** The moment that an ISO 8601 time with Z or an offset names, or a day (its begin in UTC), in epoch milliseconds; else null. */
export function instantOf(text: string): number | null {
  const at = isoTime.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

/** Whether the calendar has this day: `Date` takes the 30th of February for one in March. */
function isDay(day: string): boolean {
  const begin = Date.parse(day);
  return !Number.isNaN(begin) && new Date(begin).toISOString().startsWith(day);
}
