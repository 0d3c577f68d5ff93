import { and, asc, eq, gt, gte, inArray, isNull, ne } from "drizzle-orm";
import { noticesOf } from "@/domain/notice/notice";
import { timeoutOf } from "@/domain/webhook/timeout";
import { checkWebhook } from "@/domain/webhook/warnings";
import { systemWebhookId } from "../../rows/system-webhook";
import { checkedOf, hourOf, isToCheck, warningColumns } from "../../rows/warnings";
import type { WebhookStore } from "../../store";
import type { Connection, Transaction } from "../connection/connection";
import { tellPlatform } from "../event/system-events";
import { writeNotices } from "../notice/notice-writer";
import { rollups, webhooks } from "../schema/tables";
import { isOurTurn } from "../upkeep/turn";

/** Webhooks that one transaction looks at. */
const batchRows = 50;
const hourMs = 3_600_000;

export function warningVerbs({ write }: Connection): Pick<WebhookStore, "checkWarnings"> {
  return { checkWarnings: (after, timeoutMs) => write((tx) => check(tx, after, timeoutMs)) };
}

/** What another worker looks at at the moment is not looked at twice. */
async function check(tx: Transaction, after: string | null, timeoutMs: number): Promise<string | null> {
  if (!(await isOurTurn(tx.db))) return null;
  const rows = await tx.db
    .select()
    .from(webhooks)
    .where(
      and(gt(webhooks.key, Number(after ?? 0)), isNull(webhooks.deletedAt), ne(webhooks.id, systemWebhookId)),
    )
    .orderBy(asc(webhooks.key))
    .limit(batchRows);
  const due = rows.filter((row) => isToCheck(row, tx.now));
  const minutes = await listMinutes(tx, due);
  const checked = due.map((row) => {
    const hour = hourOf(minutes.filter(({ webhookKey }) => webhookKey === row.key));
    return { row, ...checkWebhook(checkedOf(row), hour, timeoutOf(row, timeoutMs), tx.now) };
  });
  for (const { row, ...found } of checked)
    await tx.db.update(webhooks).set(warningColumns(found)).where(eq(webhooks.key, row.key));
  // Last, as everybody does: it takes the queue of the platform's own webhook.
  for (const { row, tell } of checked) {
    await writeNotices(tx, row, noticesOf(tell));
    for (const event of tell) await tellPlatform(tx, event, row);
  }
  const last = rows.at(-1);
  return rows.length === batchRows && last ? String(last.key) : null;
}

function listMinutes({ db, now }: Transaction, due: { key: number }[]) {
  const keys = due.map(({ key }) => key);
  if (keys.length === 0) return [];
  return db
    .select({ webhookKey: rollups.webhookKey, rollup: rollups.rollup })
    .from(rollups)
    .where(
      and(inArray(rollups.webhookKey, keys), eq(rollups.step, "minute"), gte(rollups.start, now - hourMs)),
    );
}
