import { and, eq, isNull } from "drizzle-orm";
import type { Database } from "../connection/connection";
import { customers, webhooks } from "../schema/tables";

/** Finds a webhook of a customer; neither may be deleted, and another customer's is as good as none. */
export async function findWebhook(db: Database, customerId: string, webhookId: string) {
  const [row] = await db
    .select({ webhook: webhooks })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .where(
      and(
        eq(webhooks.id, webhookId),
        eq(customers.id, customerId),
        isNull(customers.deletedAt),
        isNull(webhooks.deletedAt),
      ),
    );
  return row?.webhook;
}
