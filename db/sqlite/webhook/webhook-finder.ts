import { and, eq, isNull, sql } from "drizzle-orm";
import { shared } from "../connection/shared";
import { customers, webhooks } from "../schema/tables";

/** Finds a webhook of a customer; neither may be deleted, and another customer's is as good as none. */
export const webhookFinder = shared(({ db }) => {
  const select = db
    .select({ webhook: webhooks })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .where(
      and(
        eq(webhooks.id, sql.placeholder("webhookId")),
        eq(customers.id, sql.placeholder("customerId")),
        isNull(customers.deletedAt),
        isNull(webhooks.deletedAt),
      ),
    )
    .prepare();
  return (customerId: string, webhookId: string) => select.get({ customerId, webhookId })?.webhook;
});
