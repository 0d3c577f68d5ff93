import { and, desc, eq, isNull, max, sql } from "drizzle-orm";
import { audienceIds } from "@/domain/agent/audience";
import { isLiving } from "@/domain/agent/life";
import { toSubscription } from "../../rows/subscription";
import type { Subscription } from "../../store";
import { shared } from "../connection/shared";
import { customers, events, webhooks } from "../schema/tables";
import { shownWebhooks } from "../webhook/shown-webhooks";

/** Reads the subscriptions of a customer that live. */
export const subscriptionReader = shared((connection) => {
  const { db, clock } = connection;
  const isThere = and(isNull(customers.deletedAt), isNull(webhooks.deletedAt));
  const selectOne = shownWebhooks(connection)
    .where(and(isThere, eq(webhooks.subscriptionId, sql.placeholder("id"))))
    .prepare();
  const selectAll = shownWebhooks(connection)
    .where(and(isThere, eq(customers.id, sql.placeholder("audience"))))
    .orderBy(desc(webhooks.key))
    .prepare();
  const selectNewestEvent = db
    .select({ key: max(events.key) })
    .from(events)
    .prepare();
  type Row = NonNullable<ReturnType<typeof selectOne.get>>;

  return {
    one(customerId: string, id: string): Subscription | null {
      const newest = newestEvent();
      const row = findRow(customerId, id);
      return row ? toSubscription(row, newest, clock()) : null;
    },

    /** Newest first. */
    all(customerId: string): Subscription[] {
      const newest = newestEvent();
      return audienceIds(customerId)
        .flatMap((audience) => selectAll.all({ audience }))
        .filter(lives)
        .sort((one, other) => other.webhook.key - one.webhook.key)
        .map((row) => toSubscription(row, newest, clock()));
    },

    findRow,
    newestEvent,
  };

  function findRow(customerId: string, id: string): Row | null {
    const row = selectOne.get({ id });
    return row && audienceIds(customerId).includes(row.customerId) && lives(row) ? row : null;
  }

  /** Of whichever customer. Before subscriptions are read: what comes in between is behind the cursor. */
  function newestEvent(): number {
    return selectNewestEvent.get()?.key ?? 0;
  }

  function lives({ webhook }: Row): boolean {
    return isLiving(webhook, clock());
  }
});
