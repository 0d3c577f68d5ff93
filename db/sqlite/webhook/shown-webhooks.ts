import { eq, type SQL, sql } from "drizzle-orm";
import type { Connection } from "../connection/connection";
import { customers, deliveries, webhookQueue, webhooks } from "../schema/tables";

/** Selects webhooks with all that is shown of them: see db/rows/webhook. */
export function shownWebhooks({ db }: Pick<Connection, "db">) {
  return db
    .select({
      webhook: webhooks,
      queue: webhookQueue,
      customerId: customers.id,
      waitingSince: waitingSince.as("waiting_since"),
    })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key));
}

const oldest = (kind: SQL) => sql`select min(${deliveries.pendingSince}) as at from ${deliveries}
  where ${deliveries.webhookKey} = ${webhooks.key} and ${deliveries.status} = 'pending'
    and ${deliveries.isTest} = 0 and ${kind}`;

// Each kind in an index of its own. Of what was never tried the first that is due waits longest, unless another was asked for.
const firstUntried = sql`${deliveries.key} = (
  select d.key from ${deliveries} d
  where d.webhook_key = ${webhooks.key} and d.status = 'pending' and d.is_test = 0 and d.leased_by is null
    and (d.attempts > 0) = 0
  order by d.due_at limit 1)`;

/** Since when a webhook's oldest delivery waits, in epoch milliseconds, tests aside; null when none does. */
export const waitingSince = sql<number | null>`(
  select min(at) from (
    ${oldest(sql`${deliveries.attempts} > 0`)} union all ${oldest(sql`${deliveries.leasedBy} is not null`)}
    union all ${oldest(sql`${deliveries.isAskedAgain} = 1`)} union all ${oldest(firstUntried)}))`;
