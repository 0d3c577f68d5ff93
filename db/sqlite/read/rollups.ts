import { and, eq, gte, isNull, sql } from "drizzle-orm";
import { countAttempt, emptyRollup } from "@/domain/delivery/rollup";
import { bucketsOf } from "../../rows/rollup-buckets";
import type { AttemptRecord, WebhookStore } from "../../store";
import type { Connection } from "../connection/connection";
import { hotSelect, hotStatement } from "../connection/hot-statement";
import { customers, rollups, webhooks } from "../schema/tables";

const steps = ["minute", "hour"] as const;

export function rollupVerbs({ db }: Connection): Pick<WebhookStore, "listRollups"> {
  return {
    listRollups: async (customerId, since, step) =>
      db
        .select({ webhookId: webhooks.id, start: rollups.start, rollup: rollups.rollup })
        .from(customers)
        // In this order, or SQLite might read the rollups of all customers first.
        .crossJoin(webhooks)
        .crossJoin(rollups)
        .where(
          and(
            eq(customers.id, customerId),
            isNull(customers.deletedAt),
            eq(webhooks.customerKey, customers.key),
            isNull(webhooks.deletedAt),
            eq(rollups.webhookKey, webhooks.key),
            eq(rollups.step, step),
            gte(rollups.start, since),
          ),
        )
        .all(),
  };
}

/** Counts ended attempts: one write a webhook and step for a whole batch. Only inside `write`. */
export function rollupWriter(connection: Connection) {
  const { db } = connection;
  const select = hotSelect(
    connection,
    db
      .select({ rollup: rollups.rollup })
      .from(rollups)
      .where(
        and(
          eq(rollups.webhookKey, sql.placeholder("webhookKey")),
          eq(rollups.step, sql.placeholder("step")),
          eq(rollups.start, sql.placeholder("start")),
        ),
      ),
  );
  const upsert = hotStatement(
    connection,
    db
      .insert(rollups)
      .values({
        webhookKey: sql.placeholder("webhookKey"),
        step: sql.placeholder("step"),
        start: sql.placeholder("start"),
        rollup: sql.placeholder("rollup"),
      })
      .onConflictDoUpdate({
        target: [rollups.webhookKey, rollups.step, rollups.start],
        set: { rollup: sql`excluded.counters` },
      }),
  );

  return {
    add(records: AttemptRecord[]): void {
      for (const step of steps) {
        for (const { where, own } of bucketsOf(records, step)) {
          const rollup = select.get(where)?.rollup ?? emptyRollup();
          for (const { claim, outcome } of own) countAttempt(rollup, claim.event.type, outcome);
          upsert.run({ ...where, rollup });
        }
      }
    },
  };
}
