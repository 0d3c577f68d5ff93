import { and, asc, eq, gt, gte, isNull, ne, sql } from "drizzle-orm";
import { noticesOf } from "@/domain/notice/notice";
import { timeoutOf } from "@/domain/webhook/timeout";
import { checkWebhook } from "@/domain/webhook/warnings";
import { systemWebhookId } from "../../rows/system-webhook";
import { checkedOf, hourOf, isToCheck, warningColumns } from "../../rows/warnings";
import type { WebhookStore } from "../../store";
import type { Connection } from "../connection/connection";
import { systemEvents } from "../event/system-events";
import { noticeWriter } from "../notice/notice-writer";
import { rollups, webhooks } from "../schema/tables";

/** Webhooks that one transaction looks at. */
const batchRows = 50;

export function warningVerbs(connection: Connection): Pick<WebhookStore, "checkWarnings"> {
  const { db, write, clock } = connection;
  const system = systemEvents(connection);
  const tellCustomer = noticeWriter(connection);
  const selectNext = db
    .select()
    .from(webhooks)
    .where(
      and(
        gt(webhooks.key, sql.placeholder("after")),
        isNull(webhooks.deletedAt),
        ne(webhooks.id, systemWebhookId),
      ),
    )
    .orderBy(asc(webhooks.key))
    .limit(batchRows)
    .prepare();
  const selectHour = db
    .select({ rollup: rollups.rollup })
    .from(rollups)
    .where(
      and(
        eq(rollups.webhookKey, sql.placeholder("key")),
        eq(rollups.step, "minute"),
        gte(rollups.start, sql.placeholder("since")),
      ),
    )
    .prepare();

  return { checkWarnings: (after, timeoutMs) => write(() => check(after, timeoutMs)) };

  function check(after: string | null, timeoutMs: number): string | null {
    const now = clock();
    const rows = selectNext.all({ after: Number(after ?? 0) });
    for (const row of rows.filter((each) => isToCheck(each, now))) {
      const hour = hourOf(selectHour.all({ key: row.key, since: now - hourMs }));
      const checked = checkWebhook(checkedOf(row), hour, timeoutOf(row, timeoutMs), now);
      db.update(webhooks).set(warningColumns(checked)).where(eq(webhooks.key, row.key)).run();
      for (const event of checked.tell) system.tell(event, row);
      tellCustomer(row, noticesOf(checked.tell));
    }
    const last = rows.at(-1);
    return rows.length === batchRows && last ? String(last.key) : null;
  }
}

const hourMs = 3_600_000;
