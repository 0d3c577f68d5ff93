import { asc, eq, inArray, lte } from "drizzle-orm";
import { system } from "@/domain/audit/actor";
import { webhookPaused } from "@/domain/audit/webhook";
import { resumeWebhook } from "@/domain/webhook/pause";
import { editableOf } from "../../rows/webhook-columns";
import { audit } from "../access/audit-log";
import type { Transaction } from "../connection/connection";
import { webhookQueue, webhooks } from "../schema/tables";
import { saveEdited } from "../webhook/webhook-rows";

/** Pauses that one transaction ends. The others are next. */
const endBatch = 100;

/** Resumes what has come to the end of its pause, unless somebody else is at it. */
export async function endPauses(tx: Transaction): Promise<void> {
  const { db, now } = tx;
  const withQueue = eq(webhookQueue.webhookKey, webhooks.key);
  const isOver = lte(webhooks.pausedUntil, now);
  const over = await db
    .select({ key: webhooks.key })
    .from(webhooks)
    .innerJoin(webhookQueue, withQueue)
    .where(isOver)
    .orderBy(asc(webhooks.pausedUntil))
    .limit(endBatch)
    .for("update", { of: webhookQueue, skipLocked: true });
  if (over.length === 0) return;
  // As they are since they were locked.
  const keys = over.map(({ key }) => key);
  const paused = await db
    .select({ webhook: webhooks, queue: webhookQueue })
    .from(webhooks)
    .innerJoin(webhookQueue, withQueue)
    .where(inArray(webhooks.key, keys));
  for (const { webhook, queue } of paused) {
    if (webhook.pausedUntil === null || webhook.pausedUntil > now) continue;
    const before = editableOf(webhook, queue);
    const after = resumeWebhook(before, now);
    await saveEdited(db, webhook.key, after);
    await audit(tx, webhook.customerKey, webhookPaused(webhook.id, before, after), system);
  }
}
