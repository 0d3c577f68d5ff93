/** The three states a webhook can show. */
export const webhookStatuses = ["active", "failing", "disabled"] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

/** Contract rule 6: nothing but failures for this long switches a webhook off. */
export const disableAfterMs = 5 * 24 * 60 * 60 * 1000;

/** `disabled` when inactive, else `failing` when the attempt that ended last was not a 2xx, else `active`. */
export function webhookStatus(webhook: { isActive: boolean; lastAttemptOk: boolean | null }): WebhookStatus {
  if (!webhook.isActive) return "disabled";
  return webhook.lastAttemptOk === false ? "failing" : "active";
}

/** When a webhook that keeps failing is switched off, in epoch milliseconds; null when nothing counts down. */
export function disablesAt(webhook: { isActive: boolean; countdownSince: number | null }): number | null {
  if (!webhook.isActive || webhook.countdownSince === null) return null;
  return webhook.countdownSince + disableAfterMs;
}
