import { and, eq, isNull, sql } from "drizzle-orm";
import { shared } from "../connection/shared";
import { webhookQueue, webhooks } from "../schema/tables";

export type UnendedSubscription = {
  webhook: typeof webhooks.$inferSelect;
  queue: typeof webhookQueue.$inferSelect;
};

/** Finds a subscription that was not ended, whatever its stage, also when it has lapsed. */
export const unendedSubscription = shared(({ db }) => {
  const select = db
    .select({ webhook: webhooks, queue: webhookQueue })
    .from(webhooks)
    .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
    .where(and(eq(webhooks.subscriptionId, sql.placeholder("id")), isNull(webhooks.deletedAt)))
    .prepare();
  return (id: string): UnendedSubscription | undefined => select.get({ id });
});
