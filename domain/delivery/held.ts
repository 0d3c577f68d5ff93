import { placeWaitMs } from "../limits";

/**
 * Why a delivery waits although it may be due: its webhook is off, or paused; the program that takes what is for it is
 * away (`listener`); the platform has paused all delivery; the webhook's breaker is open; its content was refused, so
 * that it keeps a schedule of its own while others go; as many as its customer lets begin in a second have begun; or as
 * many requests as may be are under way.
 */
export const heldReasons = [
  "inactive",
  "paused",
  "listener",
  "platform",
  "breaker",
  "set_aside",
  "rate_limit",
  "limit",
] as const;
export type Held = (typeof heldReasons)[number];

/** `isAllPaused`: an operator holds all delivery, of whichever webhook. */
export type Holder = {
  isActive: boolean;
  isPaused: boolean;
  isBreakerOpen: boolean;
  isAllPaused: boolean;
  /** It is a listener that nobody takes from. */
  isAway: boolean;
};
/** `isRateSpent`: its limit lets nothing begin at the moment. */
type Limited = Holder & { isRateSpent: boolean };

/** What a webhook holds back: all that waits, or what is due, but for probes. */
export function holding(webhook: Holder): Exclude<Held, "set_aside" | "rate_limit" | "limit"> | null {
  if (!webhook.isActive) return "inactive";
  if (webhook.isPaused) return "paused";
  if (webhook.isAway) return "listener";
  if (webhook.isAllPaused) return "platform";
  return webhook.isBreakerOpen ? "breaker" : null;
}

/**
 * Why a delivery is held. Tests are sent all the same, unless nobody takes them. `dueForMs` is negative before it is due, and `isBusy` says whether
 * requests of its customer are under way, beside which it may have to wait for a place.
 */
export function heldBy(
  delivery: { isWaiting: boolean; isTest: boolean; dueForMs: number; isRefused: boolean },
  webhook: Limited,
  isBusy: () => boolean,
): Held | null {
  if (!delivery.isWaiting) return null;
  if (delivery.isTest) return webhook.isAway ? "listener" : null;
  const held = holding(webhook);
  if (held !== null && held !== "breaker") return held;
  if (delivery.dueForMs < 0) return delivery.isRefused ? "set_aside" : null;
  if (held === "breaker") return held;
  if (webhook.isRateSpent) return "rate_limit";
  // Between being due and being sent there is always a moment, which needs no reason.
  return delivery.dueForMs >= placeWaitMs && isBusy() ? "limit" : null;
}
