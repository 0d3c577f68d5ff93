import { cursorOf } from "@/domain/agent/cursor";
import type { SubscriptionTerms } from "@/domain/agent/subscription";
import type { Skipped } from "@/domain/event/fan-out";
import { agentLimits } from "@/domain/limits";
import type { NewSubscription, Subscription } from "../store/subscriptions";
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
  deliveredAt: number | null;
  /** When the oldest event that is still on its way was accepted; null when none is. */
  oldestAt: number | null;
  /** The key of its customer's newest event; null when there is none. */
  newestEvent: number | null;
};

/** A subscription as the store shows it at this moment. */
export function toSubscription(
  { deliveredAt, oldestAt, newestEvent, ...row }: Row,
  now: number,
): Subscription {
  const { subscriptionId: id, principalId, subscription, expiresAt } = row.webhook;
  if (id === null || principalId === null || subscription === null || expiresAt === null)
    throw new Error("The webhook is no agent's.");
  const place = oldestAt === null ? { key: newestEvent ?? 0, at: now } : { key: 0, at: oldestAt };
  const cursor = cursorOf(place);
  return { ...subscription, id, principalId, expiresAt, deliveredAt, cursor, webhook: toWebhook(row, now) };
}

/**
 * Why a subscription has no delivery of its customer's event, of a type that it asks for: by what stands in the audience's
 * row of that event, if there is one.
 */
export function whyNotSent(
  event: { key: number; skipped: Skipped[] },
  webhook: { key: number; afterEvent: number },
): string {
  const [, reason, why] = event.skipped.find(([key]) => key === webhook.key) ?? [];
  if (reason === "filtered") return why ?? "its arguments asked for other content";
  if (reason === "inactive") return "it was switched off";
  return event.key <= webhook.afterEvent ? "it was subscribed later" : "its delivery is not kept any more";
}
