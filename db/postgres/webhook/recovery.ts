import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { recoveryStarted } from "@/domain/audit/webhook";
import { targetCounter } from "../../rows/count-targets";
import { toRecovery } from "../../rows/recovery";
import type { RecoveryRequest, WebhookStore } from "../../store";
import { audit } from "../access/audit-log";
import { committedChanges } from "../connection/change";
import type { Connection, Database } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { events, recoveries, type webhooks } from "../schema/tables";
import { findTargets, type RecoveryRange } from "./recovery-targets";
import { findWebhook } from "./webhook-finder";

type Verbs = Pick<
  WebhookStore,
  "startRecovery" | "countRecoverable" | "getRecovery" | "listRunningRecoveries"
>;
type Webhook = typeof webhooks.$inferSelect;

/** Running ones that a webhook's page shows. */
const shownRecoveries = 20;

export function recoveryVerbs({ db, write }: Connection): Verbs {
  const countTargets = targetCounter((webhook, range: RecoveryRange) => findTargets(db, webhook, range));

  return {
    async startRecovery({ id, customerId, webhookId, ...asked }, by, signal) {
      const webhook = await findWebhook(db, customerId, webhookId);
      if (!webhook) return "not_found";
      if (!webhook.isActive) return "inactive";
      const range = await closeRange(db, webhook, asked);
      const counted = await countTargets(webhook, range, signal);
      if (counted === "busy") return counted;
      const { count: total, ...more } = counted;
      return write(async (tx) => {
        const current = await findWebhook(tx.db, customerId, webhookId);
        if (!current?.isActive) return current ? "inactive" : "not_found";
        const values = { id, webhookKey: current.key, ...range, total, createdAt: tx.now };
        const row = onlyOne(
          await tx.db
            .insert(recoveries)
            .values({ ...values, state: "running" })
            .returning(),
        );
        await audit(tx, current.customerKey, recoveryStarted(current, asked, total), by);
        return { ...toRecovery(row, webhookId), ...more };
      });
    },

    countRecoverable: async (customerId, webhookId, asked, signal) => {
      const webhook = await findWebhook(db, customerId, webhookId);
      return webhook ? countTargets(webhook, await closeRange(db, webhook, asked), signal) : null;
    },

    getRecovery: async (customerId, webhookId, recoveryId) => {
      const rows = await listOf(customerId, webhookId, eq(recoveries.id, recoveryId));
      return rows[0] ?? null;
    },

    listRunningRecoveries: (customerId, webhookId) =>
      listOf(customerId, webhookId, eq(recoveries.state, "running")),
  };

  async function listOf(customerId: string, webhookId: string, which: SQL) {
    const webhook = await findWebhook(db, customerId, webhookId);
    if (!webhook) return [];
    const rows = await db
      .select()
      .from(recoveries)
      .where(and(eq(recoveries.webhookKey, webhook.key), which))
      .orderBy(desc(recoveries.key))
      .limit(shownRecoveries);
    return rows.map((row) => toRecovery(row, webhookId));
  }
}

/**
 * The range is closed when it is asked for, by one statement: what comes or fails later is not part of this recovery.
 * A delivery that fails in a transaction which has not ended yet is later, whatever the number of its change.
 */
async function closeRange(
  db: Database,
  webhook: Webhook,
  { since, until, include }: RecoveryRequest,
): Promise<RecoveryRange> {
  const { rows } = await db.execute<{
    latest_at: string | null;
    newest: string | null;
    snapshot: string;
  }>(sql`
    select (select max(created_at) from ${events} where customer_key = ${webhook.customerKey}) as latest_at,
      (select max(key) from ${events}) as newest, ${committedChanges} as snapshot`);
  const { latest_at, newest, snapshot } = onlyOne(rows);
  const latestAt = Number(latest_at ?? since);
  return {
    until: Math.min(until ?? latestAt, latestAt),
    includeFailed: include.includes("failed"),
    includeMissed: include.includes("missed"),
    events: webhook.events,
    afterEventAt: since,
    afterEvent: 0,
    lastEvent: Number(newest ?? 0),
    lastChange: snapshot,
  };
}
