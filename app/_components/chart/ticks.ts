import { localTime } from "@/domain/time/zone";

/**
 * Where an axis from zero has its lines: round numbers up to one that is no smaller than `most`, at most five. Counts
 * are never divided (`isWhole`).
 */
export function niceTicks(most: number, isWhole = true): number[] {
  const roughStep = Math.max(most, isWhole ? 1 : Number.MIN_VALUE) / 4;
  const power = 10 ** Math.floor(Math.log10(roughStep));
  const rounded = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= roughStep);
  const step = isWhole ? Math.max(1, Math.ceil(rounded ?? power)) : (rounded ?? power);
  const count = Math.max(1, Math.ceil(most / step));
  // Added up, tenths would drift.
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}

const units = [
  { size: 1_000_000_000, sign: "B" },
  { size: 1_000_000, sign: "M" },
  { size: 1_000, sign: "k" },
];

/** A number of an axis in five characters: `950`, `2.5k`, `10k`, `1.2M`. */
export function formatCompact(value: number): string {
  const unit = units.find(({ size }) => value >= size);
  if (!unit) return String(value);
  return `${Number((value / unit.size).toFixed(2))}${unit.sign}`;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const tickSteps = [1, 5, 10, 15, 30].map((minutes) => minutes * minuteMs);
const hourSteps = [1, 2, 3, 4, 6, 12].map((hours) => hours * hourMs);
const daySteps = [1, 2, 5, 7, 10].map((days) => days * dayMs);
const mostTimeTicks = 7;

/** Where the axis of time has words: the bars that begin at a round time of the zone's clocks, seven at most. */
export function timeTicks(starts: number[], zone: string): { index: number; at: number; isDay: boolean }[] {
  const clocks = starts.map((at, index) => ({ index, at, ...minutesOfDay(at, zone, starts[0] ?? at) }));
  for (const step of [...tickSteps, ...hourSteps, ...daySteps]) {
    const found = clocks.filter(({ sinceFirstDayMs }) => sinceFirstDayMs % step === 0);
    if (found.length > 0 && found.length <= mostTimeTicks) {
      return found.map(({ index, at, ofDayMs }) => ({ index, at, isDay: ofDayMs === 0 }));
    }
  }
  return starts.slice(0, 1).map((at) => ({ index: 0, at, isDay: false }));
}

/** By the clocks, so that a day in which they change has its words where they show a round time. */
function minutesOfDay(at: number, zone: string, first: number) {
  const { year, month, day, hour, minute } = localTime(at, zone);
  const start = localTime(first, zone);
  const ofDayMs = hour * hourMs + minute * minuteMs;
  const days = Date.UTC(year, month - 1, day) - Date.UTC(start.year, start.month - 1, start.day);
  return { ofDayMs, sinceFirstDayMs: days + ofDayMs };
}
