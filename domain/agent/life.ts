import { agentLimits } from "../limits";
import { type Editable, editWebhook, rotateSecret } from "../webhook/edit";
import { resumeQueue } from "../webhook/queue";
import { hasLapsed } from "./terms";

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

/** Whether it gets events, and is seen. */
export const isLiving = (row: Row, now: number): boolean =>
  stageOf(row) === "active" && !hasLapsed(row.expiresAt, now);

/** Which limit has no room for one more of this key; null when there is room. `others` are the customer's. */
export function fullLimit(
  others: readonly (Row & { principalId: string | null })[],
  principalId: string,
  now: number,
): "customer" | "key" | null {
  const counted = others.filter((each) => stageOf(each) !== "terminated" && !hasLapsed(each.expiresAt, now));
  if (counted.length >= agentLimits.perCustomer) return "customer";
  const ofKey = counted.filter((each) => each.principalId === principalId);
  return ofKey.length >= agentLimits.perKey ? "key" : null;
}

/** Its URL is proved: it gets what comes from now on. */
export const activated = (before: Editable, name: string, now: number): Editable =>
  editWebhook(before, { isActive: true, events: [name] }, now);

/**
 * Its agent came back with a secret: nothing is held against it. The secret that it replaces signs as well for a while,
 * whatever the receiver was seen to accept: who refreshes may check with either until it has our answer. When something
 * was last delivered stays known, since it goes to where it went.
 */
export function refreshed(before: Editable, secret: string, now: number): Editable {
  const on = editWebhook(before, { isActive: true }, now);
  const rotated = rotateSecret(leadingWithNewest(on), secret, agentLimits.overlapMs, now);
  // A claim by a clock that has been put right since may have taken it for lapsed.
  const queue = rotated.queue.isPaused ? resumeQueue(rotated.queue) : rotated.queue;
  const { succeededAt } = before.queue;
  return leadingWithNewest({ ...rotated, queue: { ...queue, succeededAt } });
}

const leadingWithNewest = ({ settings, ...rest }: Editable): Editable => ({
  settings: { ...settings, signsWith: "current", switchedAt: null },
  ...rest,
});

/** Its key counts no more: only its last message is sent. */
export const terminated = (before: Editable, now: number): Editable =>
  editWebhook(before, { isActive: false, events: [] }, now);
