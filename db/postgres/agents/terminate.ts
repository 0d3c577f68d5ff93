import { randomUUID } from "node:crypto";
import { eq, inArray } from "drizzle-orm";
import { controlId, terminatedBody } from "@/domain/agent/control-body";
import { isLiving, terminated } from "@/domain/agent/life";
import { accessRevoked } from "@/domain/agent/protocol";
import type { Actor } from "@/domain/audit/actor";
import { agentAudited } from "@/domain/audit/agent";
import { agentLimits } from "@/domain/limits";
import { editableOf } from "../../rows/webhook-columns";
import { audit } from "../access/audit-log";
import type { Database, Transaction } from "../connection/connection";
import { writeEvents } from "../event/write-events";
import { lockQueues } from "../queue/queue-row";
import { webhookQueue, webhooks } from "../schema/tables";
import { saveEdited } from "../webhook/webhook-rows";
import { listAgents, type Owner } from "./audiences";
import { lapse } from "./end";

/**
 * Ends what a key subscribed to, which counts no more: each is sent one last message, and nothing else. Upkeep takes it
 * away a moment later, with what waits. The customer is locked.
 */
export async function terminateAgents(
  tx: Transaction,
  owner: Owner,
  keyId: string,
  by: Actor,
): Promise<void> {
  const ofKey = (await listAgents(tx.db, owner)).filter(({ principalId }) => principalId === keyId);
  const keys = ofKey.map(({ key }) => key);
  await lockQueues(tx.db, keys);
  for (const row of await readLocked(tx.db, keys)) {
    if (isLiving(row.webhook, tx.now)) await terminate(tx, owner, row, by);
    else await lapse(tx, owner, row.webhook);
  }
}

async function terminate(tx: Transaction, owner: Owner, { webhook, queue }: Row, by: Actor): Promise<void> {
  const { db, now } = tx;
  await audit(tx, owner.key, agentAudited("agent.terminated", webhook), by);
  await saveEdited(db, webhook.key, terminated(editableOf(webhook, queue), now));
  const expiresAt = now + agentLimits.settlingMs;
  await db.update(webhooks).set({ expiresAt }).where(eq(webhooks.key, webhook.key));
  await sendLast(tx, webhook);
}

type Row = Awaited<ReturnType<typeof readLocked>>[number];

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
