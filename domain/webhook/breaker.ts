/** Contract rule 5: opens when the last 5 attempts, over at least 3 deliveries, all failed. */
const failuresToOpen = 5;
const deliveriesToOpen = 3;
const firstProbeMs = 5_000;
const maxProbeMs = 5 * 60_000;

/** A webhook's breaker. `failures` holds the deliveries of the latest attempts in a row that failed. */
export type Breaker = {
  failures: readonly number[];
  /** Null while closed; else the pause before the next probe, in milliseconds. */
  probeDelayMs: number | null;
};

export const closedBreaker: Breaker = { failures: [], probeDelayMs: null };

export type BreakerEvent = { ok: boolean; delivery: number; isTest: boolean; isProbe: boolean };

/**
 * The breaker after one attempt ended. A success of any kind closes it, a test's failure counts to nothing,
 * and while it is open only a failed probe moves it: the pause doubles up to 5 minutes.
 */
export function breakerAfter(breaker: Breaker, event: BreakerEvent): Breaker {
  if (event.ok) return closedBreaker;
  if (event.isTest) return breaker;
  if (breaker.probeDelayMs !== null) {
    if (!event.isProbe) return breaker;
    return { ...breaker, probeDelayMs: Math.min(breaker.probeDelayMs * 2, maxProbeMs) };
  }
  const failures = [...breaker.failures, event.delivery].slice(-failuresToOpen);
  const opens = failures.length === failuresToOpen && new Set(failures).size >= deliveriesToOpen;
  return { failures, probeDelayMs: opens ? firstProbeMs : null };
}
