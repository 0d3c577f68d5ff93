const firstPauseMs = 100;
const longestPauseMs = 10_000;
/** A role that ran this long was well: what came before it is forgotten. */
const steadyMs = 30_000;

/**
 * How long a role that ended waits until it is started again. None after it ran well; one that ends again and again
 * waits twice as long each time. `lastPauseMs` is null before its first end.
 */
export function restartPauseMs(lastPauseMs: number | null, ranForMs: number): number {
  if (lastPauseMs === null || ranForMs > steadyMs) return 0;
  return lastPauseMs === 0 ? firstPauseMs : Math.min(lastPauseMs * 2, longestPauseMs);
}
