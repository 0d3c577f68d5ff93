import { sql } from "drizzle-orm";
import type { Notice } from "@/domain/notice/notice";
import { shared } from "../connection/shared";
import { noticeChoices, notices, webhooks } from "../schema/tables";

/**
 * Writes what happened to a webhook, in the transaction in which it does, where its customer has anybody who may want to
 * hear of it. Only inside `write`.
 */
export const noticeWriter = shared(({ db, clock }) => {
  return (webhook: { key: number; customerKey: number }, told: Notice[]): void => {
    for (const { kind, data } of told) {
      const { key, customerKey } = webhook;
      db.run(sql`
        insert into ${notices} (customer_key, webhook_key, at, kind, data)
        select ${customerKey}, ${key}, ${clock()}, ${kind}, ${JSON.stringify(data)}
        where exists (
          select 1 from ${webhooks} where ${webhooks.customerKey} = ${customerKey} and ${webhooks.deletedAt} is null
          and ${webhooks.events} like '%"webhook.%'
        ) or exists (select 1 from ${noticeChoices} where ${noticeChoices.customerKey} = ${customerKey})`);
    }
  };
});
