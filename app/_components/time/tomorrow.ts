import { atLocal, localTime } from "@/domain/time/zone";

/** Epoch milliseconds of an hour of the next calendar day, by the clocks of a time zone. */
export function tomorrowAt(hour: number, now: number, zone: string): number {
  const { year, month, day } = localTime(now, zone);
  return atLocal({ year, month, day: day + 1, hour, minute: 0 }, zone);
}
