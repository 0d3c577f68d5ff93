import { and, desc, eq, max, sql } from "drizzle-orm";
import { recoveryStarted } from "@/domain/audit/webhook";
import { targetCounter } from "../../rows/count-targets";
import { toRecovery } from "../../rows/recovery";
import type { Recovering } from "../../rows/recovery-window";
import type { RecoveryRequest, WebhookStore } from "../../store";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { sequencesOf } from "../connection/sequences";
import { events, recoveries } from "../schema/tables";
import { type RecoveryRange, recoveryTargets } from "./recovery-targets";
import { webhookFinder } from "./webhook-finder";

type Verbs = Pick<
  WebhookStore,
  "startRecovery" | "countRecoverable" | "getRecovery" | "listRunningRecoveries"
>;

/** Running ones that a webhook's page shows. */
const shownRecoveries = 20;

export function recoveryVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const findWebhook = webhookFinder(connection);
  const countTargets = targetCounter(recoveryTargets(connection));
  const sequences = sequencesOf(connection);
  const audit = auditWriter(connection);
  const newestEvent = db
    .select({ key: max(events.key) })
    .from(events)
    .prepare();
  const latestOfCustomer = db
    .select({ at: max(events.createdAt) })
    .from(events)
    .where(eq(events.customerKey, sql.placeholder("customerKey")))
    .prepare();

  return {
    async startRecovery({ id, customerId, webhookId, ...asked }, by, signal) {
      const webhook = findWebhook(customerId, webhookId);
      if (!webhook) return "not_found";
      if (!webhook.isActive) return "inactive";
      const range = rangeOf(webhook, asked);
      const counted = await countTargets(webhook, range, signal);
      if (counted === "busy") return counted;
      return write(() => {
        const current = findWebhook(customerId, webhookId);
        if (!current?.isActive) return current ? "inactive" : "not_found";
        const row = db
          .insert(recoveries)
          .values({
            id,
            webhookKey: webhook.key,
            ...range,
            total: counted.count,
            state: "running",
            createdAt: clock(),
          })
          .returning()
          .get();
        audit(current.customerKey, recoveryStarted(current, asked, counted.count), by);
        const { isComplete, refused } = counted;
        return { ...toRecovery(row, webhookId), isComplete, refused };
      });
    },

    countRecoverable: async (customerId, webhookId, asked, signal) => {
      const webhook = findWebhook(customerId, webhookId);
      return webhook ? countTargets(webhook, rangeOf(webhook, asked), signal) : null;
    },

    getRecovery: async (customerId, webhookId, recoveryId) => {
      const webhook = findWebhook(customerId, webhookId);
      if (!webhook) return null;
      const row = db
        .select()
        .from(recoveries)
        .where(and(eq(recoveries.webhookKey, webhook.key), eq(recoveries.id, recoveryId)))
        .get();
      return row ? toRecovery(row, webhookId) : null;
    },

    listRunningRecoveries: async (customerId, webhookId) => {
      const webhook = findWebhook(customerId, webhookId);
      if (!webhook) return [];
      const rows = db
        .select()
        .from(recoveries)
        .where(and(eq(recoveries.webhookKey, webhook.key), eq(recoveries.state, "running")))
        .orderBy(desc(recoveries.key))
        .limit(shownRecoveries)
        .all();
      return rows.map((row) => toRecovery(row, webhookId));
    },
  };

  /** The range is closed when it is asked for: what comes or fails later is not part of this recovery. */
  function rangeOf(
    webhook: Recovering & { events: string[] },
    { since, until, include }: RecoveryRequest,
  ): RecoveryRange {
    const latestAt = latestOfCustomer.get({ customerKey: webhook.customerKey })?.at ?? since;
    return {
      until: Math.min(until ?? latestAt, latestAt),
      includeFailed: include.includes("failed"),
      includeMissed: include.includes("missed"),
      events: webhook.events,
      afterEventAt: since,
      afterEvent: 0,
      lastEvent: newestEvent.get()?.key ?? 0,
      lastChange: sequences.latest("change"),
    };
  }
}
