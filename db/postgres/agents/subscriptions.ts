import { eq } from "drizzle-orm";
import { customerOfAudience } from "@/domain/agent/audience";
import { activated, stageOf } from "@/domain/agent/life";
import { hasLapsed } from "@/domain/agent/terms";
import type { Actor } from "@/domain/audit/actor";
import { agentAudited } from "@/domain/audit/agent";
import { editableOf } from "../../rows/webhook-columns";
import type { Challenged, Subscription, SubscriptionStore } from "../../store/subscriptions";
import { audit } from "../access/audit-log";
import type { Connection, Transaction } from "../connection/connection";
import { webhooks } from "../schema/tables";
import { lockWebhook } from "../webhook/lock-webhook";
import { saveEdited } from "../webhook/webhook-rows";
import { findOwner, listAgents, lockOwner } from "./audiences";
import { endSubscription } from "./end";
import { replayEvents } from "./replay";
import { subscribe } from "./subscribe";
import { findShown, listShown, newestKey } from "./subscription-reader";
import { traceForAgents } from "./trace";

export function subscriptionVerbs(connection: Connection): SubscriptionStore {
  const { db, write, now } = connection;
  return {
    subscribe: (subscription, by) => write((tx) => subscribe(tx, subscription, by)),
    settleChallenge: (challenged, isPassed, by) => write((tx) => settle(tx, challenged, isPassed, by)),
    replayEvents: (customerId, subscriptionId, range) =>
      replayEvents(connection, customerId, subscriptionId, range),
    unsubscribe: (customerId, subscriptionId, by) =>
      write((tx) => unsubscribe(tx, customerId, subscriptionId, by)),
    getSubscription: async (customerId, subscriptionId) => {
      const owner = await findOwner(db, customerId);
      return owner ? findShown({ db, now: await now() }, owner.agents, subscriptionId) : null;
    },
    listSubscriptions: async (customerId) => {
      const owner = await findOwner(db, customerId);
      return owner ? listShown({ db, now: await now() }, owner.agents) : [];
    },
    traceForAgents: async (customerId, eventId) =>
      traceForAgents({ db, now: await now() }, customerId, eventId),
  };
}

async function settle(
  tx: Transaction,
  { customerId: audience, webhookId, termMs }: Challenged,
  isPassed: boolean,
  by: Actor,
): Promise<Subscription | null> {
  const { db, now } = tx;
  const owner = await lockOwner(db, customerOfAudience(audience) ?? "");
  const row = owner && (await lockWebhook(db, audience, webhookId));
  if (!row || stageOf(row.webhook) !== "unproved") return null;
  const { key, subscriptionId, subscription } = row.webhook;
  if (subscription === null || subscriptionId === null) throw new Error("A webhook is no subscription.");
  if (!isPassed || hasLapsed(row.webhook.expiresAt, now)) {
    await endSubscription(tx, row.webhook);
    return null;
  }
  await saveEdited(db, key, activated(editableOf(row.webhook, row.queue), subscription.name, now));
  const proved = { verifiedAt: now, expiresAt: now + termMs, afterEvent: await newestKey(db) };
  await db.update(webhooks).set(proved).where(eq(webhooks.key, key));
  await audit(tx, owner.key, agentAudited("agent.subscribed", { ...row.webhook, ...proved }), by);
  return findShown(tx, owner.agents, subscriptionId);
}

async function unsubscribe(
  tx: Transaction,
  customerId: string,
  subscriptionId: string,
  by: Actor,
): Promise<boolean> {
  const owner = await lockOwner(tx.db, customerId);
  if (!owner) return false;
  const found = (await listAgents(tx.db, owner)).find((each) => each.subscriptionId === subscriptionId);
  if (!found || stageOf(found) === "terminated" || hasLapsed(found.expiresAt, tx.now)) return false;
  if (stageOf(found) === "active") await audit(tx, owner.key, agentAudited("agent.unsubscribed", found), by);
  await endSubscription(tx, found);
  return true;
}
