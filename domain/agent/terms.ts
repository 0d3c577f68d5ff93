const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long a subscription lasts without being refreshed. */
export const termLimits = { leastMs: 5 * minuteMs, usualMs: hourMs, mostMs: 24 * hourMs };

/** Whether it is over, which of what has no term it never is. Times are epoch milliseconds. */
export const hasLapsed = (expiresAt: number | null, now: number): boolean =>
  expiresAt !== null && expiresAt <= now;

/**
 * For how many milliseconds a subscription is granted. What is asked for is the most, and is raised to the least that there
 * is; null asks for one without an end, which gets the longest.
 */
export function termOf(askedMs: number | null | undefined): number {
  if (askedMs === null) return termLimits.mostMs;
  if (askedMs === undefined) return termLimits.usualMs;
  return Math.min(Math.max(askedMs, termLimits.leastMs), termLimits.mostMs);
}
