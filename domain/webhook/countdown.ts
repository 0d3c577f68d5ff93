import { countdownLimits } from "../limits";

const { periodMs, failures: failuresNeeded, coveredMs: coverNeededMs, longestPauseMs } = countdownLimits;

/** What people read of a webhook that was switched off by its countdown. */
export const disabledReason = "Every attempt of the last 5 days failed.";

/** What failed attempts of a webhook without a success between them come to. Times are epoch milliseconds. */
export type Countdown = {
  since: number;
  failures: number;
  lastAt: number;
  /** The sum of the pauses between consecutive failures, without silence: longer ones, of which nothing is known. */
  coveredMs: number;
};

/** The countdown after one more failed attempt, which began at `startedAt`. */
export function countFailure(countdown: Countdown | null, startedAt: number, now: number): Countdown {
  // One that begins in the future was counted by a clock that has been put right since.
  const at = Math.min(startedAt, now);
  if (!countdown || countdown.since > now) return { since: at, failures: 1, lastAt: at, coveredMs: 0 };
  const pauseMs = Math.max(0, at - countdown.lastAt);
  return {
    since: countdown.since,
    failures: countdown.failures + 1,
    lastAt: countdown.lastAt > now ? at : Math.max(countdown.lastAt, at),
    coveredMs: countdown.coveredMs + (pauseMs > longestPauseMs ? 0 : pauseMs),
  };
}

/** Whether a webhook is switched off now that an attempt has failed. */
export function isOver({ since, failures, coveredMs }: Countdown, now: number): boolean {
  return now - since >= periodMs && failures >= failuresNeeded && coveredMs >= coverNeededMs;
}

/** When a webhook may be switched off at the earliest, and how many more attempts must fail until then. */
export function forecast(countdown: Countdown, now: number): { earliestAt: number; failuresLeft: number } {
  const { since, failures, lastAt, coveredMs } = countdown;
  const coversFrom = now - lastAt > longestPauseMs ? now : lastAt;
  return {
    earliestAt: Math.max(since + periodMs, coversFrom + Math.max(0, coverNeededMs - coveredMs)),
    failuresLeft: Math.max(1, failuresNeeded - failures),
  };
}
