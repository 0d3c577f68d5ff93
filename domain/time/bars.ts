import { rollupKeptMs } from "../delivery/rollup";
import { atLocal, localTime } from "./zone";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Widths of bars. Those of hours begin with the hours of the day, as the clocks of a zone show them. */
const steps = [
  { ms: minuteMs, read: "minute" },
  { ms: 5 * minuteMs, read: "minute" },
  { ms: hourMs, read: "hour" },
  { ms: 6 * hourMs, read: "hour" },
  { ms: dayMs, read: "hour" },
] as const;

/** More are too thin for a phone. */
const mostBars = 62;
/** Of more than this no minutes are read: there are sixty for each hour. */
const mostOfMinutesMs = 3 * hourMs;

/**
 * The bars of a chart, and of which rollups they are made. `edges` are where they begin, in epoch milliseconds, and at
 * last where the last one ends. Bars of a day, or a quarter, are an hour shorter or longer where the clocks change.
 */
export type Bars = { read: "minute" | "hour"; stepMs: number; edges: number[] };

/**
 * The bars that cover a time from `from` to `to`, both rounded outwards to bars: to the minute while minutes are kept
 * and it is no more than 3 hours, else to the hour, and to a quarter or the whole of a day of the zone where there
 * would be over 62 bars.
 */
export function barsOf({
  from,
  to,
  zone,
  now,
}: {
  from: number;
  to: number;
  zone: string;
  now: number;
}): Bars {
  const hasMinutes = to - from <= mostOfMinutesMs && from >= now - rollupKeptMs.minute;
  const usable = steps.filter(({ read }) => hasMinutes || read === "hour");
  const step = usable.find(({ ms }) => (to - from) / ms <= mostBars) ?? steps[steps.length - 1];
  if (!step) throw new Error("There is a last step.");
  const edgeAt = step.ms <= hourMs ? everySoOften(from, step.ms) : byTheClock(from, step.ms / hourMs, zone);
  const edges = [edgeAt(0)];
  for (let index = 1; (edges.at(-1) ?? to) < to; index += 1) edges.push(edgeAt(index));
  if (edges.length === 1) edges.push(edgeAt(1));
  return { read: step.read, stepMs: step.ms, edges };
}

/** The bars of the latest `lengthMs`, the one that now lies in as the last. */
export function latestBars(lengthMs: number, zone: string, now: number): Bars {
  const bars = barsOf({ from: now - lengthMs, to: now + 1, zone, now });
  const count = Math.round(lengthMs / bars.stepMs);
  return { ...bars, edges: bars.edges.slice(-count - 1) };
}

function everySoOften(from: number, ms: number): (index: number) => number {
  const first = Math.floor(from / ms) * ms;
  return (index) => first + index * ms;
}

/** A rollup of an hour is of one bar: where a zone's hours begin within those of UTC, bars begin with these. */
function byTheClock(from: number, hours: number, zone: string): (index: number) => number {
  const { year, month, day, hour } = localTime(from, zone);
  const first = Math.floor(hour / hours) * hours;
  return (index) => {
    const at = atLocal({ year, month, day, hour: first + index * hours, minute: 0 }, zone);
    return Math.floor(at / hourMs) * hourMs;
  };
}
