import type { WebhookStanding } from "./webhook-state";

/** Somebody switched it on: whatever switched it off is forgotten. */
export function switchOn<W extends WebhookStanding>(webhook: W): W {
  return { ...webhook, isActive: true, disabledReason: null, disabledAt: null };
}

/** Nothing is sent to it any more. The reason is for people; somebody who switches it off needs none. */
export function switchOff<W extends WebhookStanding>(webhook: W, reason: string | null, now: number): W {
  return { ...webhook, isActive: false, disabledReason: reason, disabledAt: now };
}

/** What was known of it is of the past: attempts that are under way no longer judge it, and nothing counts down. */
export function beginVersion<W extends WebhookStanding>(webhook: W): W {
  return { ...webhook, version: webhook.version + 1, countdown: null };
}

/** Something was delivered: nothing counts down. */
export function recover<W extends WebhookStanding>(webhook: W): W {
  return { ...webhook, countdown: null, isReportedFailing: false };
}
