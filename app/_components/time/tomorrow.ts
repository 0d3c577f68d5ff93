const dayMs = 24 * 3_600_000;

/** Epoch milliseconds of an hour of the next calendar day, by the clocks of a time zone. */
export function tomorrowAt(hour: number, now: number, zone: string): number {
  const { year, month, day } = localTime(now, zone);
  const asUtc = Date.UTC(year, month - 1, day, hour) + dayMs;
  // Where the clocks change in between, the distance from UTC is that of the time itself.
  const guess = asUtc - aheadMs(asUtc, zone);
  return asUtc - aheadMs(guess, zone);
}

/** How far the clocks of a zone are ahead of UTC at a time. */
function aheadMs(at: number, zone: string): number {
  const { year, month, day, hour, minute } = localTime(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / 60_000) * 60_000;
}

function localTime(at: number, zone: string) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(at);
  const numberOf = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: numberOf("year"),
    month: numberOf("month"),
    day: numberOf("day"),
    hour: numberOf("hour"),
    minute: numberOf("minute"),
  };
}
