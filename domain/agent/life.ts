import { agentLimits } from "../limits";
import { type Editable, editWebhook } from "../webhook/edit";

/** How far a subscription has come, as its webhook's row says. */
type Row = { verifiedAt: number | null; expiresAt: number | null; events: readonly string[] };

/**
 * `unproved` until its URL has answered a challenge, and `terminated` once it was ended for a reason of ours and has its
 * last message on the way. Both ask for nothing.
 */
export function stageOf({ verifiedAt, events }: Row): "unproved" | "active" | "terminated" {
  if (verifiedAt === null) return "unproved";
  return events.length > 0 ? "active" : "terminated";
}

/** Nobody refreshed it in time, also where upkeep has yet to notice. */
export const isOver = ({ expiresAt }: Row, now: number): boolean => (expiresAt ?? 0) <= now;

/** Whether it gets events, and is seen. */
export const isLiving = (row: Row, now: number): boolean => stageOf(row) === "active" && !isOver(row, now);

/** Which limit has no room for one more of this key; null when there is room. `others` are the customer's. */
export function fullLimit(
  others: readonly (Row & { principalId: string | null })[],
  principalId: string,
  now: number,
): "customer" | "key" | null {
  const counted = others.filter((each) => stageOf(each) !== "terminated" && !isOver(each, now));
  if (counted.length >= agentLimits.perCustomer) return "customer";
  const ofKey = counted.filter((each) => each.principalId === principalId);
  return ofKey.length >= agentLimits.perKey ? "key" : null;
}

/** Its URL is proved: it gets what comes from now on. */
export const activated = (before: Editable, name: string, now: number): Editable =>
  editWebhook(before, { isActive: true, events: [name] }, now);

/** Its key counts no more: only its last message is sent. */
export const terminated = (before: Editable, now: number): Editable =>
  editWebhook(before, { isActive: false, events: [] }, now);
