import { and, desc, eq, gt, gte, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { toSurveys } from "../../rows/customer-survey";
import type { PlatformStore } from "../../store";
import { isVisible, toCustomer } from "../access/customers";
import type { Connection } from "../connection/connection";
import { customers, rollups, webhookQueue, webhooks } from "../schema/tables";

// Written out: Drizzle leaves tables away from columns in a select of one table, also within what is nested.
/** In a select of customers: those with a live webhook that fails, or that the service switched off. */
const isTroubled = sql`exists (select 1 from webhooks w where w.customer_key = customers.key and w.deleted_at is null
  and ((w.is_active = 1 and w.last_attempt_ok = 0) or w.disabled_reason is not null))`;

const lastEventAt = sql<number | null>`(select e.created_at from events e
  where e.customer_key = customers.key and e.is_test = 0 order by e.created_at desc limit 1)`;

export function surveyVerbs({ db, clock }: Connection): Pick<PlatformStore, "surveyCustomers"> {
  return {
    async surveyCustomers({ pageSize, cursor, search, onlyTroubled, since }) {
      const rows = db
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
        .limit(pageSize + 1)
        .all();
      if (rows.length === 0) return { items: [], next: null };
      const page = rows.slice(0, pageSize);
      const keys = page.map(({ customer }) => customer.key);
      const last = rows.length > page.length ? keys.at(-1) : undefined;
      const surveyed = page.map(({ customer, lastEventAt }) => ({
        key: customer.key,
        customer: toCustomer(customer),
        lastEventAt,
      }));
      return {
        items: toSurveys(surveyed, findWebhooks(keys), countFailed(keys, since), clock()),
        next: last === undefined ? null : String(last),
      };
    },
  };

  function findWebhooks(customerKeys: number[]) {
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
      .where(and(inArray(webhooks.customerKey, customerKeys), isNull(webhooks.deletedAt)))
      .all();
  }

  function countFailed(customerKeys: number[], since: number) {
    return db
      .select({
        customerKey: webhooks.customerKey,
        failed: sql<number>`sum(json_extract(${rollups.rollup}, '$.failed'))`,
      })
      .from(webhooks)
      .crossJoin(rollups)
      .where(
        and(
          inArray(webhooks.customerKey, customerKeys),
          isNull(webhooks.deletedAt),
          eq(rollups.webhookKey, webhooks.key),
          eq(rollups.step, "hour"),
          gte(rollups.start, since),
        ),
      )
      .groupBy(webhooks.customerKey)
      .all();
  }
}

/** Letters of ASCII in either case: what both databases mean by that, whatever language they sort by. */
const isFoundBy = (search: string) =>
  or(
    eq(customers.id, search),
    gt(sql`instr(lower(${customers.name}), lower(${search}))`, 0),
    gt(sql`instr(lower(coalesce(${customers.externalId}, '')), lower(${search}))`, 0),
  );
