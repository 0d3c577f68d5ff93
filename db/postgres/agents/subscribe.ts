import { randomUUID } from "node:crypto";
import { and, eq, gt, isNull, or } from "drizzle-orm";
import { type Audiences, audienceId } from "@/domain/agent/audience";
import { fullLimit, isLiving, refreshed } from "@/domain/agent/life";
import type { Actor } from "@/domain/audit/actor";
import { agentAudited } from "@/domain/audit/agent";
import { newQueue } from "@/domain/webhook/queue-state";
import { subscriptionColumns } from "../../rows/subscription";
import { editableOf } from "../../rows/webhook-columns";
import type { NewSubscription, Subscribing, Subscription } from "../../store/subscriptions";
import { audit } from "../access/audit-log";
import type { Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { writeEvents } from "../event/write-events";
import { apiKeys, webhookQueue, webhooks } from "../schema/tables";
import { lockWebhook } from "../webhook/lock-webhook";
import { saveEdited } from "../webhook/webhook-rows";
import { keepAudiences, listAgents, lockOwner, type Owner } from "./audiences";
import { lapse } from "./end";
import { areChallengesSpent, latestProof } from "./proofs";
import { findShown, newestKey } from "./subscription-reader";

type Agent = typeof webhooks.$inferSelect;

/** Makes a subscription, asks whether its URL is the agent's, or refreshes the one that lives. */
export async function subscribe(tx: Transaction, asked: NewSubscription, by: Actor): Promise<Subscribing> {
  const owner = await lockOwner(tx.db, asked.customerId);
  if (!owner || !(await isKeyOf(tx, owner, asked.principalId))) return { kind: "not_found" };
  const all = await listAgents(tx.db, owner);
  const before = all.find(({ subscriptionId }) => subscriptionId === asked.id);
  if (before && isLiving(before, tx.now)) return refresh(tx, owner, before, asked);
  // Of two challenges of one subscription the later one counts: its secret is the newer.
  if (before) await lapse(tx, owner, before);
  const others = all.filter((each) => each !== before);
  const full = fullLimit(others, asked.principalId, tx.now);
  if (full) return { kind: "too_many", of: full };
  const verifiedAt = await latestProof(tx, asked);
  if (verifiedAt === null && (await areChallengesSpent(tx, asked.principalId)))
    return { kind: "too_many", of: "challenges" };
  return make(tx, owner, asked, verifiedAt, by);
}

/** Whether the key that asks still counts, and is the customer's own. */
async function isKeyOf({ db, now }: Transaction, owner: Owner, keyId: string): Promise<boolean> {
  const { id, customerKey, expiresAt } = apiKeys;
  const counts = or(isNull(expiresAt), gt(expiresAt, now));
  const found = await db
    .select({ id })
    .from(apiKeys)
    .where(and(eq(id, keyId), eq(customerKey, owner.key), counts));
  return found.length > 0;
}

async function refresh(
  tx: Transaction,
  owner: Owner,
  { key, id: webhookId }: Agent,
  asked: NewSubscription,
): Promise<Subscribing> {
  const { db, now } = tx;
  const customerId = audienceId(owner.id, asked.detail);
  const row = await lockWebhook(db, customerId, webhookId);
  if (!row) throw new Error("A subscription is not its customer's.");
  const secret = asked.seal({ customerId, webhookId });
  await saveEdited(db, key, refreshed(editableOf(row.webhook, row.queue), secret, now));
  const extended = { expiresAt: now + asked.termMs };
  await db.update(webhooks).set(extended).where(eq(webhooks.key, key));
  const agents = await keepAudiences(tx, owner, asked.site);
  return { kind: "subscribed", subscription: await readShown(tx, agents, asked.id), isNew: false };
}

async function make(
  tx: Transaction,
  owner: Owner,
  asked: NewSubscription,
  verifiedAt: number | null,
  by: Actor,
): Promise<Subscribing> {
  const { db, now } = tx;
  const agents = await keepAudiences(tx, owner, asked.site);
  const customerId = audienceId(owner.id, asked.detail);
  const customerKey = agents[asked.detail];
  const webhookId = randomUUID();
  const made = {
    ...subscriptionColumns(asked, verifiedAt, now),
    id: webhookId,
    customerKey,
    secret: asked.seal({ customerId, webhookId }),
    afterEvent: await newestKey(db),
  };
  const { key } = onlyOne(await db.insert(webhooks).values(made).returning({ key: webhooks.key }));
  await db.insert(webhookQueue).values({ webhookKey: key, customerKey, ...newQueue(made.isActive) });
  if (verifiedAt !== null) {
    await audit(tx, owner.key, agentAudited("agent.subscribed", made), by);
    return { kind: "subscribed", subscription: await readShown(tx, agents, asked.id), isNew: true };
  }
  const { eventId, payload } = asked.challenge;
  const test = { id: eventId, customerKey, type: asked.name, payload, contentHash: "", isTest: true };
  await writeEvents(tx, [{ ...test, targets: [key], skipped: [] }]);
  return { kind: "challenged", customerId, webhookId, eventId, termMs: asked.termMs };
}

async function readShown(tx: Transaction, agents: Audiences, subscriptionId: string): Promise<Subscription> {
  const shown = await findShown(tx, agents, subscriptionId);
  if (!shown) throw new Error("A subscription that was just written is not there.");
  return shown;
}
