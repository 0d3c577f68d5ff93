import { and, count, eq, isNotNull, isNull, min, sum } from "drizzle-orm";
import type { StoreLife } from "../../store";
import { isVisible } from "../access/customers";
import type { Connection } from "../connection/connection";
import { assertSchema } from "../connection/migrate";
import { customers, webhookQueue, webhooks } from "../schema/tables";

export function lifeVerbs({ db, sqlite, clock, onChange, close }: Connection): StoreLife {
  return {
    ping: async () => assertSchema(sqlite),
    onChange,
    close,
    countTotals: async () => {
      const oldest = db
        .select({ at: min(webhookQueue.readyAt) })
        .from(webhookQueue)
        .where(and(isNotNull(webhookQueue.readyAt), eq(webhookQueue.isPaused, false)))
        .get()?.at;
      return {
        customers: countOf(db.select({ n: count() }).from(customers).where(isVisible).get()),
        webhooks: countOf(db.select({ n: count() }).from(webhooks).where(isOfCustomers).get()),
        pending: countOf(
          db
            .select({ n: sum(webhookQueue.pending).mapWith(Number) })
            .from(webhookQueue)
            .get(),
        ),
        oldestDueAgeMs: oldest ? Math.max(0, clock() - oldest) : null,
        openBreakers: countOf(
          db.select({ n: count() }).from(webhookQueue).where(isNotNull(webhookQueue.openedAt)).get(),
        ),
      };
    },
  };
}

/** Subscriptions of agents come and go by the hour. */
const isOfCustomers = and(isNull(webhooks.deletedAt), isNull(webhooks.subscriptionId));

const countOf = (row: { n: number | null } | undefined) => row?.n ?? 0;
