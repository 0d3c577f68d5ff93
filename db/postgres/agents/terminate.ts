import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { controlId, terminatedBody } from "@/domain/agent/control-body";
import { isLiving, stageOf, terminated } from "@/domain/agent/life";
import { accessRevoked } from "@/domain/agent/protocol";
import type { Actor } from "@/domain/audit/actor";
import { agentAudited } from "@/domain/audit/agent";
import { moved } from "@/domain/delivery/balance";
import { agentLimits } from "@/domain/limits";
import { editableOf } from "../../rows/webhook-columns";
import { audit } from "../access/audit-log";
import type { Database, Transaction } from "../connection/connection";
import { writeEvents } from "../event/write-events";
import { cancelWaiting } from "../queue/cancel";
import { lockQueues, refreshQueues } from "../queue/queue-row";
import { webhookQueue, webhooks } from "../schema/tables";
import { saveEdited } from "../webhook/webhook-rows";
import { listAgents, type Owner } from "./audiences";
import { endSubscription } from "./end";

/** What is cancelled at once of what waits; the rest, which is held, once the subscription is taken away. */
const cancelledAtOnce = 1_000;

/**
 * Ends the subscriptions of a key that counts no more: each is sent a last message, and nothing else, and is taken away a
 * moment later. The customer is locked. Deliveries before queues, in the order of all who write of them.
 */
export async function terminateAgents(
  tx: Transaction,
  owner: Owner,
  principalId: string,
  by: Actor,
): Promise<void> {
  const ofKey = (await listAgents(tx.db, owner)).filter((each) => each.principalId === principalId);
  const living = ofKey.filter((each) => isLiving(each, tx.now));
  const cancelled = new Map<number, number>();
  for (const { key } of living)
    cancelled.set(key, await cancelWaiting(tx, { webhookKey: key, limit: cancelledAtOnce }));
  await lockQueues(
    tx.db,
    ofKey.map(({ key }) => key),
  );
  for (const { webhook, queue } of await readLocked(tx.db, [...cancelled.keys()])) {
    await saveEdited(tx.db, webhook.key, terminated(editableOf(webhook, queue), tx.now));
    const ending = { expiresAt: tx.now + agentLimits.settlingMs };
    await tx.db.update(webhooks).set(ending).where(eq(webhooks.key, webhook.key));
    const moves = moved("pending", "cancelled", cancelled.get(webhook.key) ?? 0);
    await refreshQueues(tx.db, [{ webhookKey: webhook.key, moves }]);
    await sendLast(tx, webhook);
    await audit(tx, owner.key, agentAudited("agent.terminated", webhook), by);
  }
  for (const agent of ofKey)
    if (!living.includes(agent) && stageOf(agent) !== "terminated") await endSubscription(tx, agent);
}

function readLocked(db: Database, keys: number[]) {
  return db
    .select({ webhook: webhooks, queue: webhookQueue })
    .from(webhooks)
    .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
    .where(inArray(webhooks.key, keys))
    .orderBy(webhooks.key);
}

async function sendLast(tx: Transaction, { key, customerKey, subscription }: typeof webhooks.$inferSelect) {
  const id = controlId("terminated", randomUUID());
  const message = { id, customerKey, type: subscription?.name ?? "", payload: terminatedBody(accessRevoked) };
  await writeEvents(tx, [{ ...message, contentHash: "", isTest: true, targets: [key], skipped: [] }]);
}
