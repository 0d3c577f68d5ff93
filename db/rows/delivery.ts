import type { DeliveryStatus } from "@/domain/delivery/decide";
import { heldBy } from "@/domain/delivery/held";
import type { ErrorCode } from "@/domain/delivery/outcome";
import { isRateSpent } from "@/domain/queue/rate";
import { isAway } from "@/domain/webhook/listener";
import { pauseNow } from "@/domain/webhook/pause";
import type { Delivery } from "../store";
import { pauseOf } from "./webhook-columns";

/** What it takes to say how a delivery stands, from whichever database. */
type Row = {
  delivery: {
    status: DeliveryStatus;
    isTest: boolean;
    triedUrl: string | null;
    dueAt: number;
    leasedBy: string | null;
    attempts: number;
    tries: number;
    refusal: string | null;
    eventType: string;
    statusCode: number | null;
    errorCode: ErrorCode | null;
    errorMessage: string | null;
    durationMs: number | null;
    endedAt: number | null;
  };
  eventId: string;
  timestamp: number;
  webhook: {
    id: string;
    isActive: boolean;
    pausedAt: number | null;
    pausedUntil: number | null;
    listenerHeardAt: number | null;
    deletedAt: number | null;
  };
  /** All null when the webhook is deleted. */
  openedAt: number | null;
  probeAt: number | null;
  ratePerSecond: number | null;
  rateNextAt: number | null;
  /** Since when an operator holds all delivery. */
  allPausedAt: number | null;
};

/** How a delivery stands now. `isBusy` says whether requests of its customer are under way. */
export function toDelivery(row: Row, now: number, isBusy: () => boolean): Delivery {
  const { delivery, webhook } = row;
  // The rows of a deleted webhook are cancelled in batches; nobody may see one that still looks pending.
  const status = delivery.status === "pending" && webhook.deletedAt !== null ? "cancelled" : delivery.status;
  const isWaiting = status === "pending";
  const inFlight = isWaiting && delivery.leasedBy !== null && delivery.dueAt > now;
  const held = heldBy(
    {
      isWaiting: isWaiting && !inFlight,
      isTest: delivery.isTest,
      dueForMs: now - delivery.dueAt,
      isRefused: delivery.refusal !== null,
    },
    {
      isActive: webhook.isActive,
      isPaused: pauseNow(pauseOf(webhook), now) !== null,
      isBreakerOpen: row.openedAt !== null,
      isAllPaused: row.allPausedAt !== null,
      isAway: webhook.listenerHeardAt !== null && isAway(webhook.listenerHeardAt, now),
      isRateSpent: isRateSpent({ ratePerSecond: row.ratePerSecond, rateNextAt: row.rateNextAt ?? 0 }, now),
    },
    isBusy,
  );
  return {
    eventId: row.eventId,
    webhookId: webhook.id,
    eventType: delivery.eventType,
    timestamp: row.timestamp,
    status,
    statusCode: delivery.statusCode,
    attemptCount: delivery.attempts,
    tries: delivery.tries,
    nextAttemptAt: isWaiting && !inFlight ? nextAttemptAt(row, held) : null,
    held,
    inFlight,
    isTest: delivery.isTest,
    triedUrl: delivery.triedUrl,
    error:
      delivery.errorCode === null ? null : { code: delivery.errorCode, message: delivery.errorMessage ?? "" },
    durationMs: delivery.durationMs,
    endedAt: delivery.endedAt,
  };
}

/** Null when nobody can say: it depends on what people do, or on how many go first. */
function nextAttemptAt({ delivery, webhook, probeAt }: Row, held: Delivery["held"]): number | null {
  if (held === "inactive" || held === "listener" || held === "platform" || held === "rate_limit") return null;
  if (held === "paused") return webhook.pausedUntil && Math.max(webhook.pausedUntil, delivery.dueAt);
  return held === "breaker" ? probeAt : delivery.dueAt;
}
