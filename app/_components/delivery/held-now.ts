import { type Held, type Holder, heldBy } from "@/domain/delivery/held";
import type { Delivery } from "./types";

/**
 * The delivery with what holds it as of now: a breaker that opens, a pause or a switch that is turned holds what waits
 * without changing any delivery.
 */
export function heldNow<D extends Delivery>(delivery: D, webhook: Holder, now: number): D {
  const { details, status, is_test } = delivery;
  if (!details || status !== "pending" || details.in_flight || is_test) return delivery;
  const { held: known } = delivery;
  const held = heldBy(
    {
      isWaiting: true,
      isTest: is_test,
      dueForMs: dueForMs(delivery, now),
      isRefused: known === "set_aside",
    },
    { ...webhook, isRateSpent: known === "rate_limit" },
    () => known === "limit",
  );
  return held === known ? delivery : { ...delivery, held };
}

/** A first attempt is due at once; of what its webhook holds, `next_attempt_at` is when that may end. */
function dueForMs({ held, attempt_count, next_attempt_at }: Delivery, now: number): number {
  const sinceMs = next_attempt_at === null ? -1 : now - Date.parse(next_attempt_at);
  if (held === "rate_limit") return 0; // it is due: who goes first decides
  return attempt_count === 0 || isOfWebhook(held) ? Math.max(0, sinceMs) : sinceMs;
}

const isOfWebhook = (held: Held | null) =>
  held !== null && !["set_aside", "rate_limit", "limit"].includes(held);
