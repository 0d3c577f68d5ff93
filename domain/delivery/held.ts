/** Why a delivery waits although it may be due. */
export type Held = "inactive" | "breaker";

/** What a webhook holds back: all that waits, or what is due, but for probes. */
export function holding(webhook: { isActive: boolean; isBreakerOpen: boolean }): Held | null {
  if (!webhook.isActive) return "inactive";
  return webhook.isBreakerOpen ? "breaker" : null;
}

/** Why a delivery is held: its webhook is off, or the breaker is open and it is due. Tests are sent all the same. */
export function heldBy(
  delivery: { isWaiting: boolean; isTest: boolean; isDue: boolean },
  webhook: { isActive: boolean; isBreakerOpen: boolean },
): Held | null {
  if (!delivery.isWaiting || delivery.isTest) return null;
  const held = holding(webhook);
  return held === "breaker" && !delivery.isDue ? null : held;
}
