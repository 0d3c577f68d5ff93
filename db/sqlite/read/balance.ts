import { desc, eq } from "drizzle-orm";
import { emptyBalance } from "@/domain/delivery/balance";
import { toBalance } from "../../rows/counters";
import type { BalanceStore } from "../../store";
import { customerFinder } from "../access/customer-finder";
import type { Connection } from "../connection/connection";
import { formerWebhooks, webhookQueue, webhooks } from "../schema/tables";

export function balanceVerbs(connection: Connection): Pick<BalanceStore, "getBalance"> {
  const { db } = connection;
  const findCustomer = customerFinder(connection);

  return {
    async getBalance(customerId) {
      const customerKey = findCustomer(customerId) ?? 0;
      const rows = db
        .select({ webhookId: webhooks.id, counted: webhookQueue })
        .from(webhookQueue)
        .innerJoin(webhooks, eq(webhooks.key, webhookQueue.webhookKey))
        .where(eq(webhookQueue.customerKey, customerKey))
        .orderBy(desc(webhookQueue.webhookKey))
        .all();
      const former = db
        .select()
        .from(formerWebhooks)
        .where(eq(formerWebhooks.customerKey, customerKey))
        .get();
      return {
        webhooks: rows.map(({ webhookId, counted }) => ({ webhookId, balance: toBalance(counted) })),
        former: former ? toBalance(former) : emptyBalance(),
      };
    },
  };
}
