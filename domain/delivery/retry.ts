import { retryLimits } from "../limits";

/** Delays after the first attempt vary by the jitter, so that failed batches do not come back as one. */
const { jitter, maxRetryAfterMs } = retryLimits;

/** In place of a random number: the delay as the schedule has it. */
export const noJitter = 0.5;

/**
 * The delay before the next attempt, or null when the schedule is spent.
 * @param scheduleMs delays after the first attempt, in milliseconds
 * @param tries scheduled attempts made so far, this one included
 * @param random a number in [0, 1)
 */
export function retryDelayMs(scheduleMs: readonly number[], tries: number, random: number): number | null {
  const base = scheduleMs[tries - 1];
  if (base === undefined) return null;
  return Math.round(base * (1 - jitter + 2 * jitter * random));
}

/** The longest pause that the schedule or a receiver's wish can put before an attempt, in milliseconds. */
export function longestPauseMs(scheduleMs: readonly number[]): number {
  return Math.max(maxRetryAfterMs, ...scheduleMs.map((base) => base * (1 + jitter)));
}

/** RFC 9110 §5.6.7: the usual form, and the two old ones that a recipient must accept; the last is in GMT too. */
const httpDates = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/,
];

/**
 * Milliseconds asked for by a `Retry-After` header (RFC 9110 §10.2.3: seconds or an HTTP date), clamped to a
 * day. Null for anything that is not a plain answer: negative, fractional, repeated, past, or nonsense.
 */
export function parseRetryAfterMs(value: string | string[] | undefined, nowMs: number): number | null {
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, maxRetryAfterMs);
  if (!httpDates.some((shape) => shape.test(text))) return null;
  const delay = Date.parse(text.endsWith("GMT") ? text : `${text} GMT`) - nowMs;
  return delay > 0 ? Math.min(delay, maxRetryAfterMs) : null;
}
