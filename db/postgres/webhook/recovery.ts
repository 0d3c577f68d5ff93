import { and, asc, count, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { recoveryCancelled, recoveryStarted } from "@/domain/audit/recovery";
import { type Counted, targetCounter } from "../../rows/count-targets";
import { noOutcomes, outcomeOf, shownRecoveries, toRecovery } from "../../rows/recovery";
import type { RecoveryRequest, RecoveryStore } from "../../store";
import { audit } from "../access/audit-log";
import { findCustomerKey } from "../access/customer-finder";
import { committedChanges } from "../connection/change";
import type { Connection, Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { deliveries, events, recoveries, webhooks } from "../schema/tables";
import { findTargets, type RecoveryRange } from "./recovery-targets";

type Verbs = Omit<RecoveryStore, "redeliverMany">;
type Webhook = typeof webhooks.$inferSelect;

export function recoveryVerbs({ db, write }: Connection): Verbs {
  const countTargets = targetCounter((covered, range: RecoveryRange) => findTargets(db, covered, range));

  return {
    async startRecovery({ id, customerId, webhookId, ...asked }, by, signal) {
      const found = await findCovered(db, customerId, webhookId);
      if (!found) return "not_found";
      const active = found.webhooks.filter(({ isActive }) => isActive);
      if (active.length === 0) return "inactive";
      const range = await closeRange(db, found.customerKey, active, asked);
      const counted = await countTargets(countedOf(active, active), range, signal);
      if (counted === "busy") return counted;
      return write(async (tx) => {
        const current = await findCovered(tx.db, customerId, webhookId);
        if (!current?.webhooks.some(({ isActive }) => isActive)) return current ? "inactive" : "not_found";
        const [only] = webhookId === null ? [] : active;
        const { count: total, ...more } = counted;
        const begun = { id, webhookKey: only?.key, ...range, since: asked.since, total };
        const row = onlyOne(
          await tx.db
            .insert(recoveries)
            .values({ ...begun, state: "running", createdAt: tx.now })
            .returning(),
        );
        await audit(tx, current.customerKey, recoveryStarted(id, only ?? null, asked, total), by);
        return { ...toRecovery(row, webhookId), ...more };
      });
    },

    countRecoverable: async (customerId, webhookId, asked, signal) => {
      const found = await findCovered(db, customerId, webhookId);
      if (!found) return null;
      const targets = webhookId === null ? found.webhooks.filter(({ isActive }) => isActive) : found.webhooks;
      const range = await closeRange(db, found.customerKey, found.webhooks, asked);
      return countTargets(countedOf(found.webhooks, targets), range, signal);
    },

    getRecovery: async (customerId, recoveryId) => (await find(db, customerId, recoveryId))?.recovery ?? null,

    listRecoveries: async (customerId, { webhookId, isRunning }) => {
      const isOfWebhook = webhookId === undefined ? undefined : eq(webhooks.id, webhookId);
      const isUnderWay = isRunning ? eq(recoveries.state, "running") : undefined;
      const rows = await selectOf(db, customerId, and(isOfWebhook, isUnderWay));
      return rows.map(({ recovery }) => recovery);
    },

    cancelRecovery: (customerId, recoveryId, by) =>
      write(async (tx) => {
        const found = await find(tx.db, customerId, recoveryId);
        if (!found) return null;
        // A step that is under way ends first.
        const [cancelled] = await tx.db
          .update(recoveries)
          .set({ state: "cancelled", endedAt: tx.now })
          .where(and(eq(recoveries.key, found.key), eq(recoveries.state, "running")))
          .returning();
        if (cancelled) await audit(tx, found.customerKey, recoveryCancelled(recoveryId, cancelled.sent), by);
        return (await find(tx.db, customerId, recoveryId))?.recovery ?? null;
      }),

    async countRecovered(customerId, recoveryId) {
      const found = await find(db, customerId, recoveryId);
      if (!found) return null;
      const outcome = outcomeOf(deliveries);
      const rows = await db
        .select({ outcome, count: count() })
        .from(deliveries)
        .where(eq(deliveries.recoveryKey, found.key))
        .groupBy(sql`1`);
      const counts = noOutcomes();
      for (const row of rows) counts[row.outcome] = row.count;
      return counts;
    },
  };
}

/** The webhooks that are asked for, of which there may be none; undefined when who or what was named is unknown. */
async function findCovered(db: Database, customerId: string, webhookId: string | null) {
  const customerKey = await findCustomerKey(db, customerId);
  if (customerKey === undefined) return undefined;
  const isIt = webhookId === null ? undefined : eq(webhooks.id, webhookId);
  const found = await db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.customerKey, customerKey), isNull(webhooks.deletedAt), isIt))
    .orderBy(asc(webhooks.key));
  return webhookId !== null && found.length === 0 ? undefined : { customerKey, webhooks: found };
}

const find = async (db: Database, customerId: string, recoveryId: string) =>
  (await selectOf(db, customerId, eq(recoveries.id, recoveryId)))[0];

/** Those of deleted webhooks are as good as none. */
async function selectOf(db: Database, customerId: string, which: SQL | undefined) {
  const customerKey = await findCustomerKey(db, customerId);
  if (customerKey === undefined) return [];
  const rows = await db
    .select({ recovery: recoveries, webhookId: webhooks.id })
    .from(recoveries)
    .leftJoin(webhooks, eq(webhooks.key, recoveries.webhookKey))
    .where(and(eq(recoveries.customerKey, customerKey), isNull(webhooks.deletedAt), which))
    .orderBy(desc(recoveries.key))
    .limit(shownRecoveries);
  return rows.map(({ recovery, webhookId }) => ({
    key: recovery.key,
    customerKey,
    recovery: toRecovery(recovery, webhookId),
  }));
}

const countedOf = (covered: Webhook[], targets: Webhook[]): Counted[] =>
  covered.map((webhook) => ({ ...webhook, isTarget: targets.includes(webhook) }));

/**
 * The range is closed when it is asked for, by one statement: what comes or ends later is not part of this recovery.
 * A delivery that ends in a transaction which has not ended yet is later, whatever the number of its change.
 */
async function closeRange(
  db: Database,
  customerKey: number,
  covered: Webhook[],
  asked: RecoveryRequest,
): Promise<RecoveryRange> {
  const { rows } = await db.execute<{
    latest_at: string | null;
    newest: string | null;
    snapshot: string;
  }>(sql`
    select (select max(created_at) from ${events} where customer_key = ${customerKey}) as latest_at,
      (select max(key) from ${events}) as newest, ${committedChanges} as snapshot`);
  const { latest_at, newest, snapshot } = onlyOne(rows);
  const latestAt = Number(latest_at ?? asked.since);
  return {
    customerKey,
    until: Math.min(asked.until ?? latestAt, latestAt),
    include: asked.include,
    types: asked.types ?? null,
    codeClass: asked.codeClass ?? null,
    statusCode: asked.statusCode ?? null,
    targets: covered.map(({ key, events, conditions }) => ({ key, events, conditions })),
    afterEventAt: asked.since,
    afterEvent: 0,
    lastEvent: Number(newest ?? 0),
    lastChange: snapshot,
  };
}
