import type { Webhook } from "@/db/store";
import { holding } from "@/domain/delivery/held";
import { forecast } from "@/domain/webhook/countdown";
import { toErrorView } from "../../views/delivery";
import { nullableIsoTime } from "../../views/time";

/** What a webhook's queue is up to, as the charts show it. */
export function toQueueView(webhook: Webhook, now: number) {
  const { breaker, isActive, pendingCount, countdown } = webhook;
  const switchOff = isActive && countdown ? forecast(countdown, now) : null;
  return {
    pending_count: pendingCount,
    held_count: holding({ isActive, isBreakerOpen: breaker !== null }) === null ? 0 : pendingCount,
    opened_at: nullableIsoTime(breaker?.openedAt ?? null),
    next_probe_at: nullableIsoTime(breaker?.probeAt ?? null),
    failing_since: nullableIsoTime(webhook.failingSince),
    failures_in_a_row: webhook.failuresInARow,
    last_error: toErrorView(webhook.lastError),
    disables_at: nullableIsoTime(switchOff?.earliestAt ?? null),
    failures_to_disable: switchOff?.failuresLeft ?? null,
  };
}
