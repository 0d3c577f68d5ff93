/** The three states a webhook can show. */
export const webhookStatuses = ["active", "failing", "disabled"] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

/** `disabled` when inactive, else `failing` when the attempt that ended last was not a 2xx, else `active`. */
export function webhookStatus(webhook: { isActive: boolean; lastAttemptOk: boolean | null }): WebhookStatus {
  if (!webhook.isActive) return "disabled";
  return webhook.lastAttemptOk === false ? "failing" : "active";
}
