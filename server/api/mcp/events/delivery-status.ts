import type { Subscription } from "@/db/store";
import { callbackReason } from "./callback-reason";

/** How a subscription fares, as the answer to a refresh tells it. */
export function deliveryStatus({ webhook, deliveredAt }: Subscription) {
  const { isActive, breaker, lastError, lastStatusCode, failingSince } = webhook;
  return {
    active: isActive && breaker === null,
    lastDeliveryAt: deliveredAt === null ? null : isoTime(deliveredAt),
    lastError: lastError && callbackReason(lastError.code, lastStatusCode),
    ...(failingSince !== null && { failedSince: isoTime(failingSince) }),
  };
}

const isoTime = (ms: number) => new Date(ms).toISOString();
