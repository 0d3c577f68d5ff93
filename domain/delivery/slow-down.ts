import type { Outcome } from "./outcome";
import { parseRetryAfterMs } from "./retry";

/** Of the body, what is looked at. */
const lookBytes = 1_024;

/** The foot of the pages that nginx makes itself, and does not pass on. */
const nginxPage = /<center>(nginx|openresty)/;

/**
 * Whether an answer says that requests come too fast, and not when to come again. `certain` is a 429. `likely` is a 503
 * that nginx itself made: so it refuses what `limit_req` and `limit_conn` hold back, unless `limit_req_status` says
 * else, but also what a maintenance page does. Null for all others.
 */
export function slowDownOf(outcome: Outcome): "certain" | "likely" | null {
  if (outcome.kind === "error" || askedPauseMs(outcome) !== null) return null;
  if (outcome.status === 429) return "certain";
  if (outcome.status !== 503) return null;
  const text = new TextDecoder().decode(outcome.response.body.subarray(0, lookBytes));
  return nginxPage.test(text) ? "likely" : null;
}

/** Milliseconds after which a receiver wants the next attempt; null where it does not say. */
export function askedPauseMs(outcome: Outcome): number | null {
  if (outcome.kind === "error" || (outcome.status !== 429 && outcome.status !== 503)) return null;
  const endedAt = outcome.startedAt + outcome.durationMs;
  return parseRetryAfterMs(outcome.response.headers["retry-after"], endedAt);
}
