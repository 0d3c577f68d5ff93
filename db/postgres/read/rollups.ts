import { and, asc, eq, gte, isNull } from "drizzle-orm";
import type { WebhookStore } from "../../store";
import type { Connection } from "../connection/connection";
import { customers, rollups, webhooks } from "../schema/tables";

export function rollupVerbs({ db }: Connection): Pick<WebhookStore, "listRollups"> {
  return {
    listRollups: (customerId, since, step) =>
      db
        .select({ webhookId: webhooks.id, start: rollups.start, rollup: rollups.rollup })
        .from(customers)
        .innerJoin(webhooks, eq(webhooks.customerKey, customers.key))
        .innerJoin(rollups, eq(rollups.webhookKey, webhooks.key))
        .where(
          and(
            eq(customers.id, customerId),
            isNull(customers.deletedAt),
            isNull(webhooks.deletedAt),
            eq(rollups.step, step),
            gte(rollups.start, since),
          ),
        )
        .orderBy(asc(rollups.webhookKey), asc(rollups.start)),
  };
}
