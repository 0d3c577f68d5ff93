import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../connection/connection";
import { lockQueues } from "../queue/queue-row";
import { customers, webhookQueue, webhooks } from "../schema/tables";
import { findWebhook } from "./webhook-finder";

/**
 * Finds a webhook of a customer that is about to be edited, and its queue: no event of the customer is fanned out, and
 * no attempt judges the webhook, until this transaction ends. Each lock is a statement of its own, since one that
 * waited for a row sees the others as they were before.
 */
export async function lockWebhook(db: Database, customerId: string, webhookId: string) {
  await lockCustomerOf(db, customerId);
  const found = await findWebhook(db, customerId, webhookId);
  return found && lockQueueOf(db, found.key);
}

/**
 * Makes a customer this transaction's: of who edits its webhooks, one comes after the other. Its key stays, so that who
 * has its queue already can write of it: what the platform is told refers to the platform's own. Answers the key.
 */
export async function lockCustomerOf(db: Database, customerId: string): Promise<number | undefined> {
  const [row] = await db
    .select({ key: customers.key })
    .from(customers)
    .where(and(eq(customers.id, customerId), isNull(customers.deletedAt)))
    .for("no key update");
  return row?.key;
}

async function lockQueueOf(db: Database, webhookKey: number) {
  await lockQueues(db, [webhookKey]);
  const [row] = await db
    .select({ webhook: webhooks, queue: webhookQueue })
    .from(webhooks)
    .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
    .where(eq(webhooks.key, webhookKey));
  return row;
}
