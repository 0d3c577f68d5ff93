import { eq } from "drizzle-orm";
import { customerOfAudience } from "@/domain/agent/audience";
import { activated, stageOf } from "@/domain/agent/life";
import { hasLapsed } from "@/domain/agent/terms";
import type { Actor } from "@/domain/audit/actor";
import { agentAudited } from "@/domain/audit/agent";
import { editableOf } from "../../rows/webhook-columns";
import type { Challenged, Subscription, SubscriptionStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { webhooks } from "../schema/tables";
import { webhookFinder } from "../webhook/webhook-finder";
import { webhookRows } from "../webhook/webhook-rows";
import { audienceRows } from "./audiences";
import { subscriptionEnds } from "./end";
import { subscriptionReader } from "./subscription-reader";
import { type UnendedSubscription, unendedSubscription } from "./unended";

export function settleVerbs(connection: Connection): Pick<SubscriptionStore, "settleChallenge"> {
  const { db, write, clock } = connection;
  const findWebhook = webhookFinder(connection);
  const find = unendedSubscription(connection);
  const audiences = audienceRows(connection);
  const ends = subscriptionEnds(connection);
  const read = subscriptionReader(connection);
  const audit = auditWriter(connection);
  const { saveEdited } = webhookRows(connection);

  return {
    settleChallenge: (challenged, isPassed, by) =>
      write(() => {
        const unproved = findUnproved(challenged);
        if (!unproved) return null;
        if (isPassed && !hasLapsed(unproved.webhook.expiresAt, clock()))
          return activate(unproved, challenged, by);
        ends.end(unproved.webhook);
        return null;
      }),
  };

  function findUnproved({ customerId, webhookId }: Challenged): UnendedSubscription | undefined {
    const webhook = findWebhook(customerId, webhookId);
    return webhook && stageOf(webhook) === "unproved" ? find(webhook.subscriptionId ?? "") : undefined;
  }

  function activate(
    { webhook, queue }: UnendedSubscription,
    { customerId: audience, termMs }: Challenged,
    by: Actor,
  ): Subscription | null {
    const now = clock();
    const proved = { verifiedAt: now, expiresAt: now + termMs, afterEvent: read.newestEvent() };
    saveEdited(webhook.key, activated(editableOf(webhook, queue), webhook.subscription?.name ?? "", now));
    db.update(webhooks).set(proved).where(eq(webhooks.key, webhook.key)).run();
    const told = agentAudited("agent.subscribed", { ...webhook, ...proved });
    audit(audiences.customerOf(webhook.customerKey), told, by);
    return read.one(customerOfAudience(audience) ?? "", webhook.subscriptionId ?? "");
  }
}
