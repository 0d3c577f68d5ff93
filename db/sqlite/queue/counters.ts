import { type AnyColumn, eq, sql } from "drizzle-orm";
import type { Moves } from "@/domain/delivery/balance";
import { bury as buried } from "../../rows/counters";
import { countPruned, type Pruned } from "../../rows/pruned";
import { hotStatement } from "../connection/hot-statement";
import { shared } from "../connection/shared";
import { formerWebhooks, webhookQueue, webhooks } from "../schema/tables";

/**
 * Counts for ever what becomes of deliveries (see domain/delivery/balance). A webhook's numbers are in its queue's row,
 * which is written anyhow when one of them changes (queue-row); here is what happens seldom. Those of deleted webhooks
 * are in one row of their customer. Only inside `write`.
 */
export const counters = shared((connection) => {
  const { db } = connection;
  const count = sql.placeholder("count");
  const missSome = hotStatement(
    connection,
    db
      .update(webhookQueue)
      .set({
        matched: sql`${webhookQueue.matched} + ${count}`,
        missed: sql`${webhookQueue.missed} + ${count}`,
      })
      .where(eq(webhookQueue.webhookKey, sql.placeholder("webhookKey"))),
  );

  return { miss, moveFormer, prune, bury };

  /** So many events matched while the webhook was off; a negative number of them is delivered after all. */
  function miss(webhookKey: number, count: number): void {
    missSome.run({ webhookKey, count });
  }

  /** Deliveries of a deleted webhook moved. */
  function moveFormer(webhookKey: number, moves: Moves): void {
    const { pending, delivered, failed, cancelled, customerKey } = formerWebhooks;
    const itsCustomer = db
      .select({ key: webhooks.customerKey })
      .from(webhooks)
      .where(eq(webhooks.key, webhookKey));
    db.update(formerWebhooks)
      .set({
        pending: plus(pending, moves.pending),
        delivered: plus(delivered, moves.delivered),
        failed: plus(failed, moves.failed),
        cancelled: plus(cancelled, moves.cancelled),
      })
      .where(eq(customerKey, itsCustomer))
      .run();
  }

  /** What retention removes stays in the numbers, which know how much of each is no longer there. */
  function prune(pruned: Pruned[]): void {
    for (const { webhookKey, customerKey, ends } of countPruned(pruned)) {
      const added = (table: typeof webhookQueue | typeof formerWebhooks) => ({
        prunedMissed: plus(table.prunedMissed, ends.missed),
        prunedDelivered: plus(table.prunedDelivered, ends.delivered),
        prunedFailed: plus(table.prunedFailed, ends.failed),
        prunedCancelled: plus(table.prunedCancelled, ends.cancelled),
      });
      const ofWebhook = eq(webhookQueue.webhookKey, webhookKey);
      const { changes } = db.update(webhookQueue).set(added(webhookQueue)).where(ofWebhook).run();
      if (changes > 0) continue;
      const ofCustomer = eq(formerWebhooks.customerKey, customerKey);
      db.update(formerWebhooks).set(added(formerWebhooks)).where(ofCustomer).run();
    }
  }

  /** A deleted webhook's numbers stay its customer's; its queue's row goes. */
  function bury(webhookKey: number): void {
    db.run(buried(webhookKey));
    db.delete(webhookQueue).where(eq(webhookQueue.webhookKey, webhookKey)).run();
  }
});

const plus = (column: AnyColumn, count = 0) => sql`${column} + ${count}`;
