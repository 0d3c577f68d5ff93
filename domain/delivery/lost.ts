import { maxLostInARow } from "../limits";
import type { AttemptReason } from "./decide";
import type { DeliveryError } from "./outcome";

/** What is known of an attempt whose worker never reported back. */
export const lostError: DeliveryError = {
  code: "worker_lost",
  message: "The delivery worker stopped during this attempt, so its result is unknown.",
};

/** Where a delivery goes whose attempt was lost; `anew` is a redelivery that was asked for meanwhile. */
export type AfterLoss = "retry" | "anew" | "end";

/**
 * The lost attempt counts for nothing, but a delivery that loses every worker may be what kills them, and a test has
 * one attempt only. What somebody asks for again is given another five.
 */
export function afterLoss(delivery: {
  isTest: boolean;
  isAskedAgain: boolean;
  /** Lost attempts in a row before this one. */
  lostInARow: number;
}): AfterLoss {
  if (delivery.isTest) return "end";
  if (delivery.isAskedAgain) return "anew";
  return delivery.lostInARow + 1 >= maxLostInARow ? "end" : "retry";
}

/** The lost attempt as it is recorded: from its lease until somebody noticed. */
export function lostAttempt(
  delivery: {
    attempts: number;
    leasedAt: number | null;
    leasedReason: AttemptReason | null;
    nextReason: AttemptReason;
  },
  now: number,
) {
  const startedAt = delivery.leasedAt ?? now;
  return {
    number: delivery.attempts + 1,
    reason: delivery.leasedReason ?? delivery.nextReason,
    startedAt,
    durationMs: Math.max(0, now - startedAt),
    timings: { dns: null, connect: null, tls: null, first_byte: null, body: null },
    peer: { address: null, tls_version: null, certificate_expires_at: null, reused: false },
  };
}
