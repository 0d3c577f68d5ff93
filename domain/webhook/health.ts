import type { AttemptError, Outcome } from "../delivery/outcome";

/** The three states a webhook can show. */
export const webhookStatuses = ["active", "failing", "disabled"] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

/** `disabled` when inactive, else `failing` when the attempt that ended last was not a 2xx, else `active`. */
export function webhookStatus(webhook: { isActive: boolean; lastAttemptOk: boolean | null }): WebhookStatus {
  if (!webhook.isActive) return "disabled";
  return webhook.lastAttemptOk === false ? "failing" : "active";
}

/** What a webhook's attempts were like, tests included. Times are epoch milliseconds. */
export type Health = {
  /** Of the attempt that ended last; null before the first. */
  lastAttemptAt: number | null;
  lastAttemptOk: boolean | null;
  lastStatusCode: number | null;
  lastError: AttemptError | null;
  /** Since when, and how many times in a row, attempts have failed. */
  failingSince: number | null;
  failuresInARow: number;
  /** When an attempt succeeded after others had failed; null while it fails, and when it never did. */
  recoveredAt: number | null;
};

/** Health follows the attempt that ended last, whichever order they are told in. `error` is what the outcome is. */
export function healthAfter(health: Health, outcome: Outcome, error: AttemptError | null): Health {
  const endedAt = endOf(outcome);
  if (health.lastAttemptAt !== null && endedAt < health.lastAttemptAt) return health;
  return {
    lastAttemptAt: endedAt,
    lastAttemptOk: error === null,
    lastStatusCode: outcome.kind === "response" ? outcome.status : null,
    lastError: error,
    failingSince: error ? (health.failingSince ?? outcome.startedAt) : null,
    failuresInARow: error ? health.failuresInARow + 1 : 0,
    recoveredAt: error ? null : health.failingSince === null ? health.recoveredAt : endedAt,
  };
}

/** When an attempt ended, in epoch milliseconds. */
export const endOf = ({ startedAt, durationMs }: Outcome): number => startedAt + durationMs;
