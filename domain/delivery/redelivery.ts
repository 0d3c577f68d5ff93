/** A delivery that waits, and that somebody wants sent: due now. What is left of its schedule is as before. */
export const dueEarly = (now: number) =>
  ({
    status: "pending",
    dueAt: now,
    probes: 0,
    lostInARow: 0,
    nextReason: "manual",
    isAskedAgain: false,
    endedAt: null,
  }) as const;

/** The same of one that had ended: it has a fresh schedule and waits anew; its attempts go on counting. */
export const dueAgain = (now: number) => ({ ...dueEarly(now), tries: 0, signsWith: null, pendingSince: now });

/** Either of them, for somebody who asked for this one: an open breaker lets it go first. */
export const dueAsAsked = (wasPending: boolean, now: number) => ({
  ...(wasPending ? dueEarly(now) : dueAgain(now)),
  isAskedAgain: true,
});

/** What asking for a delivery again comes to. One in flight gets no second attempt beside it, but if it fails. */
export type Redelivery = "ask_again" | "due_early" | "due_again" | "inactive" | "is_test";

export function redeliver(
  delivery: { isTest: boolean; isInFlight: boolean; isPending: boolean },
  webhook: { isActive: boolean },
): Redelivery {
  if (delivery.isTest) return "is_test";
  if (!webhook.isActive) return "inactive";
  if (delivery.isInFlight) return "ask_again";
  return delivery.isPending ? "due_early" : "due_again";
}
