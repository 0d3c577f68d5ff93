import { heldBy } from "@/domain/delivery/held";
import type { Delivery } from "./types";

type Holding = { isActive: boolean; isBreakerOpen: boolean };

/**
 * The delivery with what holds it as of now: a breaker that opens or a switch that is turned holds what waits
 * without changing any delivery.
 */
export function heldNow<D extends Delivery>(delivery: D, webhook: Holding, now: number): D {
  const { details, status, is_test, attempt_count, next_attempt_at } = delivery;
  if (!details || status !== "pending" || details.in_flight || is_test) return delivery;
  // A first attempt is due at once; of what is held, `next_attempt_at` is the next probe.
  const isDue =
    details.held !== null ||
    attempt_count === 0 ||
    (next_attempt_at !== null && Date.parse(next_attempt_at) <= now);
  const held = heldBy({ isWaiting: true, isTest: is_test, isDue }, webhook);
  return held === details.held ? delivery : { ...delivery, details: { ...details, held } };
}
