import type { DeliveryPause, Webhook } from "@/db/store";
import { holding } from "@/domain/delivery/held";
import { forecast } from "@/domain/webhook/countdown";
import { isAway } from "@/domain/webhook/listener";
import { safeUntil } from "@/domain/webhook/pause";
import { toErrorView } from "../../views/delivery";
import { isoTime, nullableIsoTime } from "../../views/time";

/** What a webhook's queue is up to, as the charts show it. `allPause`: an operator holds all delivery. */
export function toQueueView(
  webhook: Webhook,
  allPause: DeliveryPause | null,
  retentionMs: number,
  now: number,
) {
  const { breaker, isActive, pause, listener, pendingCount, countdown } = webhook;
  const held = holding({
    isActive,
    isPaused: pause !== null,
    isBreakerOpen: breaker !== null,
    isAllPaused: allPause !== null,
    isAway: listener !== null && isAway(listener.heardAt, now),
  });
  const switchOff = isActive && countdown ? forecast(countdown, now) : null;
  return {
    pending_count: pendingCount,
    held,
    held_count: held === null ? 0 : pendingCount,
    safe_until: isoTime(safeUntil(webhook.waitingSince, retentionMs, now)),
    disabled_at: nullableIsoTime(webhook.disabledAt),
    opened_at: nullableIsoTime(breaker?.openedAt ?? null),
    next_probe_at: nullableIsoTime(breaker?.probeAt ?? null),
    failing_since: nullableIsoTime(webhook.failingSince),
    failures_in_a_row: webhook.failuresInARow,
    last_error: toErrorView(webhook.lastError),
    recovered_at: nullableIsoTime(webhook.recoveredAt),
    is_draining: webhook.isDraining,
    disables_at: nullableIsoTime(switchOff?.earliestAt ?? null),
    failures_to_disable: switchOff?.failuresLeft ?? null,
  };
}
