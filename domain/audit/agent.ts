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
  const { host } = new URL(url);
  return {
    action,
    subject: { id: subscriptionId ?? "", name: host },
    changes: given({
      event: subscription?.name,
      arguments: subscription && JSON.stringify(subscription.arguments),
      host,
      client: subscription?.client,
      until: expiresAt === null ? null : new Date(expiresAt).toISOString(),
    }),
  };
}
