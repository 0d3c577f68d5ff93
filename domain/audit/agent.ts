import type { SubscriptionTerms } from "../agent/subscription";
import { type AuditAction, type Audited, given } from "./action";

/** A subscription's row, of which its terms are the agent's. */
type Subscribed = {
  subscriptionId: string | null;
  subscription: SubscriptionTerms | null;
  url: string;
  expiresAt: number | null;
};

/** Something that became of an agent's subscription, which is called by the host that it is sent to. */
export function agentAudited(
  action: AuditAction & `agent.${string}`,
  { subscriptionId, subscription, url, expiresAt }: Subscribed,
): Audited {
  return {
    action,
    subject: { id: subscriptionId ?? "", name: new URL(url).host },
    changes: given({
      event: subscription?.name,
      arguments: subscription && argumentWords(subscription.arguments),
      client: subscription?.client,
      until: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    }),
  };
}

/** Null where it asked for all of them. */
const argumentWords = (asked: SubscriptionTerms["arguments"]) =>
  Object.keys(asked).length === 0 ? null : JSON.stringify(asked);
