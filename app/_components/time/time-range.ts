import { startOfDay } from "@/domain/time/zone";

const hourMs = 60 * 60 * 1000;

/** The times that a list or a chart offers, besides one's own. */
export const presets = {
  "1h": { words: "Last hour", ms: hourMs },
  "24h": { words: "Last 24 h", ms: 24 * hourMs },
  today: { words: "Today", days: [0, 1] },
  yesterday: { words: "Yesterday", days: [-1, 0] },
  "7d": { words: "Last 7 days", ms: 7 * 24 * hourMs },
  "30d": { words: "Last 30 days", ms: 30 * 24 * hourMs },
} as const;

export type Preset = keyof typeof presets;

/** A time as the URL holds it: one of the presets, or from and to (ISO 8601, `to` is "" for now). */
export type TimeRange = { preset: Preset } | { from: string; to: string };

/** The time that the URL's `range`, or its `from` and `to`, name; null where they name none. */
export function readTimeRange(read: (name: string) => string): TimeRange | null {
  const [from, to] = [read("from"), read("to")];
  if (isTime(from) && (to === "" || isTime(to))) return { from, to };
  const preset = read("range");
  return isPreset(preset) ? { preset } : null;
}

/** What the URL has to become for a time, or for none. */
export function writeTimeRange(range: TimeRange | null) {
  if (range === null) return { range: null, from: null, to: null };
  return "preset" in range ? { range: range.preset, from: null, to: null } : { range: null, ...range };
}

/** Since when and until when, in epoch milliseconds; `until` is null where it goes on. Days are those of the zone. */
export function spanOf(range: TimeRange, now: number, zone: string): { since: number; until: number | null } {
  if (!("preset" in range)) {
    return { since: Date.parse(range.from), until: range.to === "" ? null : Date.parse(range.to) };
  }
  const preset = presets[range.preset];
  if ("ms" in preset) return { since: now - preset.ms, until: null };
  const [first, end] = preset.days;
  return { since: startOfDay(now, zone, first), until: startOfDay(now, zone, end) };
}

const stepMs = 60_000;

/**
 * What a list is asked for a time, in whole ISO 8601; nothing for any time. The begin of the latest hours is rounded to a
 * minute, so that the server's prefetch and the browser's question are the same.
 */
export function toListTime(
  range: TimeRange | null,
  now: number,
  zone: string,
): { since?: string; until?: string } {
  if (!range) return {};
  const { since, until } = spanOf(range, now, zone);
  const iso = (at: number) => new Date(at).toISOString();
  if (until === null) return { since: iso(Math.floor(since / stepMs) * stepMs) };
  // `until` is the last moment that is meant.
  return { since: iso(since), until: iso(until - 1) };
}

const isTime = (text: string) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text));

const isPreset = (name: string): name is Preset => Object.hasOwn(presets, name);
