import { cursorOf } from "@/domain/agent/cursor";
import type { SubscriptionTerms } from "@/domain/agent/subscription";
import { agentLimits } from "@/domain/limits";
import type { NewSubscription, Subscription } from "../store";
import { toWebhook } from "./webhook";

/** What the webhook of a new subscription is made with; `verifiedAt` is null where its URL has yet to be proved. */
export function subscriptionColumns(
  { id, principalId, url, name, arguments: asked, detail, client, conditions, termMs }: NewSubscription,
  verifiedAt: number | null,
  now: number,
) {
  const isProved = verifiedAt !== null;
  return {
    subscriptionId: id,
    principalId,
    subscription: { name, arguments: asked, detail, client },
    url,
    events: isProved ? [name] : [],
    conditions,
    timeoutMs: agentLimits.timeoutMs,
    isActive: isProved,
    verifiedAt,
    challengedAt: isProved ? null : now,
    expiresAt: now + (isProved ? termMs : agentLimits.settlingMs),
    createdAt: now,
    updatedAt: now,
  };
}

type Row = Parameters<typeof toWebhook>[0] & {
  webhook: {
    subscriptionId: string | null;
    principalId: string | null;
    subscription: SubscriptionTerms | null;
    expiresAt: number | null;
  };
  queue: { succeededAt: number | null };
};

/** A subscription as the store shows it. `newestEvent` is the key of the newest event of before `row` was read. */
export function toSubscription(row: Row, newestEvent: number, now: number): Subscription {
  const { subscriptionId: id, principalId, subscription, expiresAt } = row.webhook;
  if (id === null || principalId === null || subscription === null || expiresAt === null)
    throw new Error("The webhook is no agent's.");
  const { waitingSince } = row;
  const place = waitingSince === null ? { key: newestEvent, at: now } : { key: 0, at: waitingSince };
  return {
    ...subscription,
    id,
    principalId,
    expiresAt,
    deliveredAt: row.queue.succeededAt,
    cursor: cursorOf(place),
    webhook: toWebhook(row, now),
  };
}
