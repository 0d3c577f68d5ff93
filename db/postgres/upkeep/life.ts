import { and, count, isNull, min, sum } from "drizzle-orm";
import type { StoreLife } from "../../store";
import { isVisible } from "../access/customers";
import type { Connection } from "../connection/connection";
import { assertSchema } from "../connection/migrate";
import { onlyOne } from "../connection/rows";
import { isReady } from "../queue/ready-webhooks";
import { customers, webhookQueue, webhooks } from "../schema/tables";

export function lifeVerbs({ db, now, onChange, close }: Connection): StoreLife {
  return {
    ping: () => assertSchema(db),
    onChange,
    close,
    async countTotals() {
      const ofCustomers = await db.select({ n: count() }).from(customers).where(isVisible);
      const ofWebhooks = await db.select({ n: count() }).from(webhooks).where(isOfCustomers);
      const { pending, openBreakers } = onlyOne(
        await db
          .select({
            pending: sum(webhookQueue.pending).mapWith(Number),
            openBreakers: count(webhookQueue.openedAt),
          })
          .from(webhookQueue),
      );
      const { at } = onlyOne(
        await db
          .select({ at: min(webhookQueue.readyAt) })
          .from(webhookQueue)
          .where(isReady),
      );
      return {
        customers: onlyOne(ofCustomers).n,
        webhooks: onlyOne(ofWebhooks).n,
        pending: pending ?? 0,
        oldestDueAgeMs: at ? Math.max(0, (await now()) - at) : null,
        openBreakers,
      };
    },
  };
}

/** Subscriptions of agents come and go by the hour. */
const isOfCustomers = and(isNull(webhooks.deletedAt), isNull(webhooks.subscriptionId));
