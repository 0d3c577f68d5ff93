import type { Webhook } from "@/db/store";
import { holding } from "@/domain/delivery/held";
import { forecast } from "@/domain/webhook/countdown";
import { nullableIsoTime } from "../../views/time";

/** What a webhook's queue is up to, as the charts show it. */
export function toQueueView(webhook: Webhook, now: number) {
  const { breaker, isActive, pendingCount, countdown } = webhook;
  const fate = isActive && countdown ? forecast(countdown, now) : null;
  return {
    pending_count: pendingCount,
    held_count: holding({ isActive, isBreakerOpen: breaker !== null }) === null ? 0 : pendingCount,
    opened_at: nullableIsoTime(breaker?.openedAt ?? null),
    next_probe_at: nullableIsoTime(breaker?.probeAt ?? null),
    failing_since: nullableIsoTime(webhook.failingSince),
    failures_in_a_row: webhook.failuresInARow,
    last_error: webhook.lastError,
    disables_at: nullableIsoTime(fate?.earliestAt ?? null),
    failures_to_disable: fate?.failuresLeft ?? null,
  };
}
