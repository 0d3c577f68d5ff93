import { and, desc, eq, gte, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { toSurveys } from "../../rows/customer-survey";
import type { PlatformStore } from "../../store";
import { isVisible, toCustomer } from "../access/customers";
import type { Connection, Database } from "../connection/connection";
import { customers, events, rollups, webhookQueue, webhooks } from "../schema/tables";

// Written out: Drizzle leaves tables away from columns in a select of one table, also within what is nested.
/** In a select of customers: those with a live webhook that fails, or that the service switched off. */
const isTroubled = sql`exists (select from webhooks w where w.customer_key = customers.key and w.deleted_at is null
  and ((w.is_active and not w.last_attempt_ok) or w.disabled_reason is not null))`;

const lastEventAt = sql<number | null>`(select e.created_at from events e
  where e.customer_key = customers.key and not e.is_test order by e.created_at desc limit 1)`.mapWith(
  events.createdAt,
);

export function surveyVerbs({ db, now }: Connection): Pick<PlatformStore, "surveyCustomers"> {
  return {
    async surveyCustomers({ pageSize, cursor, search, onlyTroubled, since }) {
      const rows = await db
        .select({ customer: customers, lastEventAt })
        .from(customers)
        .where(
          and(
            isVisible,
            cursor === undefined ? undefined : lt(customers.key, Number(cursor)),
            search === undefined ? undefined : isFoundBy(search),
            onlyTroubled ? isTroubled : undefined,
          ),
        )
        .orderBy(desc(customers.key))
        .limit(pageSize + 1);
      if (rows.length === 0) return { items: [], next: null };
      const page = rows.slice(0, pageSize);
      const keys = page.map(({ customer }) => customer.key);
      const last = rows.length > page.length ? keys.at(-1) : undefined;
      const surveyed = page.map(({ customer, lastEventAt }) => ({
        key: customer.key,
        customer: toCustomer(customer),
        lastEventAt,
      }));
      const [own, failed] = [await findWebhooks(db, keys), await countFailed(db, keys, since)];
      return {
        items: toSurveys(surveyed, own, failed, await now()),
        next: last === undefined ? null : String(last),
      };
    },
  };
}

function findWebhooks(db: Database, customerKeys: number[]) {
  return db
    .select({
      customerKey: webhooks.customerKey,
      isActive: webhooks.isActive,
      lastAttemptOk: webhooks.lastAttemptOk,
      pausedAt: webhooks.pausedAt,
      pausedUntil: webhooks.pausedUntil,
      listenerHeardAt: webhooks.listenerHeardAt,
      pending: webhookQueue.pending,
      openedAt: webhookQueue.openedAt,
    })
    .from(webhooks)
    .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
    .where(and(inArray(webhooks.customerKey, customerKeys), isNull(webhooks.deletedAt)));
}

function countFailed(db: Database, customerKeys: number[], since: number) {
  return db
    .select({
      customerKey: webhooks.customerKey,
      failed: sql`sum((${rollups.rollup}::json ->> 'failed')::bigint)`.mapWith(Number),
    })
    .from(webhooks)
    .innerJoin(rollups, eq(rollups.webhookKey, webhooks.key))
    .where(
      and(
        inArray(webhooks.customerKey, customerKeys),
        isNull(webhooks.deletedAt),
        eq(rollups.step, "hour"),
        gte(rollups.start, since),
      ),
    )
    .groupBy(webhooks.customerKey);
}

/** Letters of ASCII in either case: what both databases mean by that, whatever language they sort by. */
const isFoundBy = (search: string) =>
  or(
    eq(customers.id, search),
    sql`position(lower(${search}::text collate "C") in lower(${customers.name} collate "C")) > 0`,
    sql`position(lower(${search}::text collate "C") in lower(${customers.externalId} collate "C")) > 0`,
  );
