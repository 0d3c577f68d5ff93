import { and, asc, eq, isNull, lte } from "drizzle-orm";
import { customerOfAudience } from "@/domain/agent/audience";
import { hasLapsed } from "@/domain/agent/terms";
import { lockOwner } from "../agents/audiences";
import { lapse } from "../agents/end";
import type { Transaction } from "../connection/connection";
import { customers, webhooks } from "../schema/tables";
import { lockWebhook } from "../webhook/lock-webhook";

/** Ends a subscription that nobody refreshed in time. Answers whether there was one. */
export async function lapseAgents(tx: Transaction): Promise<boolean> {
  const { db, now } = tx;
  const [found] = await db
    .select({ audience: customers.id, webhookId: webhooks.id })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .where(and(lte(webhooks.expiresAt, now), isNull(webhooks.deletedAt)))
    .orderBy(asc(webhooks.expiresAt), asc(webhooks.key))
    .limit(1);
  const owner = found && (await lockOwner(db, customerOfAudience(found.audience) ?? ""));
  const row = owner && (await lockWebhook(db, found.audience, found.webhookId))?.webhook;
  if (!row || !hasLapsed(row.expiresAt, now)) return false; // somebody refreshed it meanwhile
  await lapse(tx, owner, row);
  return true;
}
