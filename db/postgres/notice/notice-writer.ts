import { sql } from "drizzle-orm";
import type { Notice } from "@/domain/notice/notice";
import type { Transaction } from "../connection/connection";
import { noticeChoices, notices, webhooks } from "../schema/tables";

/**
 * Writes what happened to a webhook, in the transaction in which it does, where its customer has anybody who may want to
 * hear of it. Locks nothing: who judges one webhook may not wait for another's queue.
 */
export async function writeNotices(
  { db, now }: Transaction,
  webhook: { key: number; customerKey: number },
  told: Notice[],
): Promise<void> {
  for (const { kind, data } of told) {
    const { key, customerKey } = webhook;
    await db.execute(sql`
      insert into ${notices} (customer_key, webhook_key, at, kind, data)
      select ${customerKey}::bigint, ${key}::bigint, ${now}::bigint, ${kind}, ${JSON.stringify(data)}::json
      where exists (
        select 1 from ${webhooks} where ${webhooks.customerKey} = ${customerKey} and ${webhooks.deletedAt} is null
        and ${webhooks.events}::text like '%"webhook.%'
      ) or exists (select 1 from ${noticeChoices} where ${noticeChoices.customerKey} = ${customerKey})`);
  }
}
