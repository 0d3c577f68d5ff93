import type { Countdown } from "@/domain/webhook/countdown";
import type { Health } from "@/domain/webhook/health";
import type { WebhookSettings, WebhookStanding, WebhookState } from "@/domain/webhook/webhook-state";
import type { webhooks } from "../schema/tables";

type Row = typeof webhooks.$inferSelect;

/** A webhook's row as the rules see it, with whatever else is in it. */
export function stateOf(row: Row): Row & WebhookState {
  const { lastErrorCode: code, lastErrorMessage: message } = row;
  const lastError = code === null ? null : { code, message: message ?? "" };
  return { ...row, lastError, countdown: countdownOf(row) };
}

/** The columns that ended attempts change. */
export function judgedColumns(webhook: Health & WebhookStanding) {
  const { lastError, countdown } = webhook;
  return {
    lastAttemptAt: webhook.lastAttemptAt,
    lastAttemptOk: webhook.lastAttemptOk,
    lastStatusCode: webhook.lastStatusCode,
    lastErrorCode: lastError?.code ?? null,
    lastErrorMessage: lastError?.message ?? null,
    failingSince: webhook.failingSince,
    failuresInARow: webhook.failuresInARow,
    isReportedFailing: webhook.isReportedFailing,
    isActive: webhook.isActive,
    disabledReason: webhook.disabledReason,
    disabledAt: webhook.disabledAt,
    ...countdownColumns(countdown),
  };
}

/** The columns that people change. */
export function editedColumns(webhook: WebhookSettings & WebhookStanding) {
  return {
    url: webhook.url,
    secret: webhook.secret,
    previousSecret: webhook.previousSecret,
    previousSecretUntil: webhook.previousSecretUntil,
    events: webhook.events,
    description: webhook.description,
    isActive: webhook.isActive,
    disabledReason: webhook.disabledReason,
    disabledAt: webhook.disabledAt,
    version: webhook.version,
    updatedAt: webhook.updatedAt,
    ...countdownColumns(webhook.countdown),
  };
}

/** Null when nothing counts down. */
function countdownOf(row: Row): Countdown | null {
  const { countdownSince: since, countdownFailures: failures, countdownCoveredMs: coveredMs } = row;
  return since === null ? null : { since, failures, lastAt: row.countdownLastAt ?? since, coveredMs };
}

function countdownColumns(countdown: Countdown | null) {
  return {
    countdownSince: countdown?.since ?? null,
    countdownFailures: countdown?.failures ?? 0,
    countdownLastAt: countdown?.lastAt ?? null,
    countdownCoveredMs: countdown?.coveredMs ?? 0,
  };
}
