import { localTime, startOfDay } from "@/domain/time/zone";

/** A time from and to, in words as short as they can be: `14:05–14:06`, `23 Nov 18:00–24:00`, `Mon 23 Nov`. */
export function formatSpan(from: number, to: number, now: number, zone: string): string {
  const dayStart = startOfDay(from, zone);
  const dayEnd = startOfDay(from, zone, 1);
  if (from === dayStart && to === dayEnd) return format(from, zone, { weekday: "short", ...day });
  const isToday = dayStart === startOfDay(now, zone);
  const begin = isToday
    ? format(from, zone, clock)
    : `${format(from, zone, day)} ${format(from, zone, clock)}`;
  if (to === dayEnd) return `${begin}–24:00`;
  if (to < dayEnd) return `${begin}–${format(to, zone, clock)}`;
  return `${begin} – ${format(to, zone, day)} ${format(to, zone, clock)}`;
}

/** The words below an axis of time: the day where one begins, else what the clocks show. */
export const formatTick = (at: number, isDay: boolean, zone: string) => format(at, zone, isDay ? day : clock);

/** A time as a `datetime-local` input writes it. */
export function toInputValue(at: number, zone: string): string {
  const { year, month, day, hour, minute } = localTime(at, zone);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

const clock = { hour: "2-digit", minute: "2-digit" } as const;
const day = { day: "numeric", month: "short" } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Each is made once: a chart asks for hundreds. */
function format(at: number, zone: string, parts: Intl.DateTimeFormatOptions): string {
  const name = `${zone} ${Object.keys(parts).join(" ")}`;
  const known = formats.get(name) ?? new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...parts });
  formats.set(name, known);
  return known.format(at).replace(",", "");
}
