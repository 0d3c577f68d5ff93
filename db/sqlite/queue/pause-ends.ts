import { and, asc, eq, lte, sql } from "drizzle-orm";
import { system } from "@/domain/audit/actor";
import { webhookPaused } from "@/domain/audit/webhook";
import { resumeWebhook } from "@/domain/webhook/pause";
import { editableOf } from "../../rows/webhook-columns";
import { auditWriter } from "../access/audit-log";
import type { Connection } from "../connection/connection";
import { hotSelect } from "../connection/hot-statement";
import { webhookQueue, webhooks } from "../schema/tables";
import { webhookRows } from "../webhook/webhook-rows";

/** Pauses that one transaction ends. The others are next. */
const endBatch = 100;

/** Pauses that have come to their end, which the first claim after it resumes. */
export function pauseEnds(connection: Connection) {
  const { db } = connection;
  const { saveEdited } = webhookRows(connection);
  const audit = auditWriter(connection);
  const hasEnd = sql`${webhooks.pausedUntil} is not null`;
  const selectFirst = hotSelect(
    connection,
    db
      .select({ at: webhooks.pausedUntil })
      .from(webhooks)
      .where(hasEnd)
      .orderBy(asc(webhooks.pausedUntil))
      .limit(1),
  );
  const selectOver = hotSelect(
    connection,
    db
      .select({ webhook: webhooks, queue: webhookQueue })
      .from(webhooks)
      .innerJoin(webhookQueue, eq(webhookQueue.webhookKey, webhooks.key))
      .where(and(hasEnd, lte(webhooks.pausedUntil, sql.placeholder("now"))))
      .orderBy(asc(webhooks.pausedUntil))
      .limit(endBatch),
  );
  const nextAt = (): number | null => selectFirst.get({})?.at ?? null;

  return {
    nextAt,
    isAny: (at: number) => (nextAt() ?? Number.POSITIVE_INFINITY) <= at,

    /** Only inside `write`. */
    resume(at: number): void {
      for (const { webhook, queue } of selectOver.all({ now: at })) {
        const before = editableOf(webhook, queue);
        const after = resumeWebhook(before, at);
        saveEdited(webhook.key, after);
        audit(webhook.customerKey, webhookPaused(webhook.id, before, after), system);
      }
    },
  };
}
