const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A length of time in its largest unit: `8 s`, `12 min`, `3 h`, `12 days`. */
export function formatAge(ms: number): string {
  if (ms < minuteMs) return `${Math.max(0, Math.floor(ms / secondMs))} s`;
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min`;
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h`;
  const days = Math.floor(ms / dayMs);
  return days === 1 ? "1 day" : `${days} days`;
}

/** A length of time in two units, for countdowns: `48 s`, `2 min 5 s`, `4 d 23 h`. */
export function formatCountdown(ms: number): string {
  if (ms < minuteMs) return `${Math.max(0, Math.ceil(ms / secondMs))} s`;
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} min ${Math.floor((ms % minuteMs) / secondMs)} s`;
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h ${Math.floor((ms % hourMs) / minuteMs)} min`;
  return `${Math.floor(ms / dayMs)} d ${Math.floor((ms % dayMs) / hourMs)} h`;
}

/** A point in time as seen from now: `8 s ago`, `in 5 min`, `just now`. */
export function formatRelative(at: number, now: number): string {
  const ms = now - at;
  // What happened just now may be ahead of a clock that ticks each second.
  if (ms > -2 * secondMs && ms < secondMs) return "just now";
  return ms > 0 ? `${formatAge(ms)} ago` : `in ${formatAge(-ms)}`;
}

/** A duration as measured: `84 ms`, `1.2 s`. */
export function formatDuration(ms: number): string {
  if (ms < 1) return "< 1 ms";
  return ms < secondMs ? `${Math.round(ms)} ms` : `${(ms / secondMs).toFixed(ms < 10 * secondMs ? 1 : 0)} s`;
}

/** The clock time, with the day when it is not today: `14:02:11`, `23 Nov 14:02`. */
export function formatClock(at: number, now: number, zone: string): string {
  if (formatDay(at, zone) === formatDay(now, zone)) return clock(zone, true).format(at);
  return `${shortDay(zone).format(at)} ${clock(zone, false).format(at)}`;
}

/** Date and time to the second: `Mon 23 Nov 2026, 14:02:11`. */
export function formatFull(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(at);
}

/** The calendar day, `2026-11-23`. */
function formatDay(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(at);
}

const clock = (zone: string, seconds: boolean) =>
  new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hour: "2-digit",
    minute: "2-digit",
    second: seconds ? "2-digit" : undefined,
  });

const shortDay = (zone: string) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, day: "numeric", month: "short" });
