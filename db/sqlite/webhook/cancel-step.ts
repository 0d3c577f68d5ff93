import { and, asc, eq, gt, inArray, isNotNull, sql } from "drizzle-orm";
import { moved } from "@/domain/delivery/balance";
import type { Connection } from "../connection/connection";
import { counters } from "../queue/counters";
import { selectInNobodysHands } from "../queue/in-nobodys-hands";
import { cancelled } from "../read/deliveries";
import { deliveries, webhooks } from "../schema/tables";

/** Rows that one transaction touches: other writers wait for it. */
const cancelBatch = 500;

/**
 * Cancels some of what waits for one deleted webhook, which take turns. False when nothing is left to do for now:
 * what is in flight still ends as it ends, and is looked at again after that. Only inside `write`.
 */
export function cancelStep(connection: Connection): () => boolean {
  const { db, clock } = connection;
  const { moveFormer } = counters(connection);
  const nextWebhook = db
    .select({ key: webhooks.key })
    .from(webhooks)
    .where(and(sql`${webhooks.isCancelling} = 1`, gt(webhooks.key, sql.placeholder("after"))))
    .orderBy(asc(webhooks.key))
    .limit(1)
    .prepare();
  const waiting = selectInNobodysHands({ db }).limit(cancelBatch);
  const selectInFlight = db
    .select({ key: deliveries.key })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.webhookKey, sql.placeholder("webhookKey")),
        isNotNull(deliveries.leasedBy),
        eq(deliveries.isTest, false),
      ),
    )
    .limit(1)
    .prepare();
  let served = 0;

  return () => {
    const webhook = nextWebhook.get({ after: served }) ?? nextWebhook.get({ after: 0 });
    if (!webhook) return false;
    served = webhook.key;
    const now = clock();
    const { changes } = db
      .update(deliveries)
      .set(cancelled(now))
      .where(inArray(deliveries.key, waiting))
      .prepare()
      .run({ webhookKey: webhook.key, now });
    if (changes > 0) {
      moveFormer(webhook.key, moved("pending", "cancelled", changes));
      return true;
    }
    if (selectInFlight.get({ webhookKey: webhook.key })) return false;
    db.update(webhooks).set({ isCancelling: false }).where(eq(webhooks.key, webhook.key)).run();
    return true;
  };
}
