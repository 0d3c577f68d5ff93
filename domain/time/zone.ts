const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** What the clocks on the wall show. `month` counts from 1; a day or an hour too many is one of the next. */
export type LocalTime = { year: number; month: number; day: number; hour: number; minute: number };

/** The time zone of this name as the tz database spells it, or null when there is none. */
export function knownZone(name: string | null | undefined): string | null {
  if (!name) return null;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** What the clocks of a zone show at a time, in epoch milliseconds. */
export function localTime(at: number, zone: string): LocalTime {
  const parts = formatOf(zone).formatToParts(at);
  const numberOf = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return {
    year: numberOf("year"),
    month: numberOf("month"),
    day: numberOf("day"),
    hour: numberOf("hour"),
    minute: numberOf("minute"),
  };
}

/**
 * When the clocks of a zone show a time, in epoch milliseconds. Where they show it twice, as in a night of autumn, the
 * first of both; where they leave it out, as in a night of spring, as much later as they leave out.
 */
export function atLocal({ year, month, day, hour, minute }: LocalTime, zone: string): number {
  const asUtc = Date.UTC(year, month - 1, day, hour, minute);
  // What is in force on either side of a change, of which there is none twice in two days.
  const before = aheadMs(asUtc - dayMs, zone);
  const after = aheadMs(asUtc + dayMs, zone);
  const fits = (ahead: number) => aheadMs(asUtc - ahead, zone) === ahead;
  return asUtc - (!fits(before) && fits(after) ? after : before);
}

/** When the calendar day that a time lies in begins, or one as many `days` later. */
export function startOfDay(at: number, zone: string, days = 0): number {
  const { year, month, day } = localTime(at, zone);
  return atLocal({ year, month, day: day + days, hour: 0, minute: 0 }, zone);
}

/** How far the clocks of a zone are ahead of UTC at a time. */
function aheadMs(at: number, zone: string): number {
  const { year, month, day, hour, minute } = localTime(at, zone);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / minuteMs) * minuteMs;
}

/** To make one takes longer than to use it, and one zone is asked for many times in a row. */
let latest: { zone: string; format: Intl.DateTimeFormat } | undefined;

function formatOf(zone: string): Intl.DateTimeFormat {
  if (latest?.zone !== zone) {
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
    });
    latest = { zone, format };
  }
  return latest.format;
}
