import { eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "../connection/connection";
import { customers, deliveries, webhookQueue, webhooks } from "../schema/tables";

/** Webhooks with what it takes to show them (see rows/webhook). */
export const shownWebhooks = (db: Database) =>
  db
    .select({
      webhook: webhooks,
      queue: webhookQueue,
      customerId: customers.id,
      waitingSince: waitingSince.as("waiting_since"),
    })
    .from(webhooks)
    .innerJoin(customers, eq(customers.key, webhooks.customerKey))
    .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
    .$dynamic();

/** Drizzle leaves tables out of a column's name where it selects from one alone, and deliveries have a key as well. */
const ofWebhook = sql`${webhooks}.key`;

const waiting = (kind: SQL) => sql`select min(d.pending_since) as at from ${deliveries} d
  where d.webhook_key = ${ofWebhook} and d.status = 'pending' and d.is_test = false and ${kind}`;

/**
 * Since when a webhook's oldest delivery waits, in epoch milliseconds, tests aside; null when none does. Each kind in an
 * index of its own: of what was never tried the first that is due waits longest, unless another was asked for.
 */
export const waitingSince = sql<number | null>`(
  select min(at) from (
    ${waiting(sql`d.attempts > 0`)} union all ${waiting(sql`d.leased_by is not null`)}
    union all ${waiting(sql`d.is_asked_again`)}
    union all (
      select d.pending_since as at from ${deliveries} d
      where d.webhook_key = ${ofWebhook} and d.status = 'pending' and d.is_test = false and d.leased_by is null
        and not (d.attempts > 0)
      order by d.due_at limit 1
    )
  ) kinds)`.mapWith(Number);
