import type { DeliveryStatus } from "./decide";

/** What a recovery covers: closed when it is asked for, by what had happened and changed until then. */
export type RecoveryRange = {
  includeFailed: boolean;
  includeMissed: boolean;
  /** The webhook's filter at that moment. */
  events: readonly string[];
  /** The newest event of that moment, by which the clock has no say. */
  lastEvent: number;
};

type Event = {
  key: number;
  type: string;
  isTest: boolean;
  /** Why webhooks got none of it: by their keys. */
  skipped: readonly (readonly [webhookKey: number, reason: string])[];
  /** And whether its latest change came after that moment. */
  delivery: { status: DeliveryStatus; hasChangedSince: boolean } | null;
};

/** Why an event is sent again to a webhook, which got its first event after `afterEvent`; null when it is not. */
export function recoveryTarget(
  event: Event,
  webhook: { key: number; afterEvent: number },
  range: RecoveryRange,
): "failed" | "missed" | null {
  if (event.isTest || event.key > range.lastEvent) return null;
  if (event.delivery) return range.includeFailed && hasFailed(event.delivery) ? "failed" : null;
  return range.includeMissed && isMissed(event, webhook, range) ? "missed" : null;
}

/** What fails later is no target, or a recovery might never end. */
function hasFailed({ status, hasChangedSince }: NonNullable<Event["delivery"]>): boolean {
  return status === "failed" && !hasChangedSince;
}

/** It matched the filter while the webhook was inactive, or is older than the webhook and of a type it lists. */
function isMissed(event: Event, webhook: { key: number; afterEvent: number }, range: RecoveryRange): boolean {
  const reason = event.skipped.find(([key]) => key === webhook.key)?.[1];
  if (reason !== undefined) return reason === "inactive";
  return event.key <= webhook.afterEvent && range.events.includes(event.type);
}
