import { sql } from "drizzle-orm";
import { emptyBalance } from "@/domain/delivery/balance";
import { type Counted, toBalance } from "../../rows/counters";
import type { BalanceStore } from "../../store";
import type { Connection } from "../connection/connection";
import { statement } from "../connection/statement";

export function balanceVerbs({ db }: Connection): Pick<BalanceStore, "getBalance"> {
  return {
    async getBalance(customerId) {
      const rows = await select(db, { customerId });
      const former = rows.find(({ webhookId }) => webhookId === null);
      return {
        webhooks: rows.flatMap(({ webhookId, ...counted }) =>
          webhookId === null ? [] : [{ webhookId, balance: toBalance(counted) }],
        ),
        former: former ? toBalance(former) : emptyBalance(),
      };
    },
  };
}

const counted = sql.raw("pending, matched, missed, delivered, failed, cancelled");
const customer = sql`(select key from customers where id = ${sql.placeholder("customerId")} and deleted_at is null)`;

/** At one moment: a webhook that is deleted goes from one part to the other. */
const select = statement<Counted & { webhookId: string | null }>(sql`
  select id as "webhookId", ${counted} from (
    select w.id, q.* from webhook_queue q join webhooks w on w.key = q.webhook_key where q.customer_key = ${customer}
    order by q.webhook_key desc
  ) live
  union all
  select null, ${counted} from former_webhooks where customer_key = ${customer}`);
