/** What is checked of any store, as what holds in a sound one. */
export const checkNames = [
  "every webhook that matched an event has its delivery",
  "an event's number of deliveries is what its fan-out made",
  "no webhook got what it was to be skipped for, but by recovery",
  "event, delivery and webhook belong to one customer",
  "a stored body names its own event",
  "attempts are numbered 1 to n, and n is the delivery's count",
  "a delivery has ended exactly when it is not pending",
  "a delivery is delivered or failed as its last attempt was",
  "only pending deliveries are leased, and leases are whole",
  "nothing waits for a deleted webhook",
  "secrets are sealed",
  "only a webhook that is inactive has a reason for that",
  "every webhook that is not deleted has its place in the queue",
  "the queue's pending counts equal a recount",
  "what is counted of each webhook equals a recount",
  "what is counted of deleted webhooks equals a recount",
  "what matched was delivered, waits, failed, was cancelled, or missed",
  "the queue's ready times equal a recount",
  "breakers are open or closed in all of their columns",
  "recoveries have ended exactly when they are done",
  "no change is numbered beyond the counter",
  "hourly rollups equal a recount of the attempts",
] as const;
export type CheckName = (typeof checkNames)[number];

/** What one check of an audit found. `example` is the first violation, in words an operator can look up; null when none. */
export type Finding = { check: string; violations: number; example: string | null };
