import { eq, sql } from "drizzle-orm";
import type { Moves } from "@/domain/delivery/balance";
import { bury } from "../../rows/counters";
import { countPruned, type Pruned } from "../../rows/pruned";
import type { Database } from "../connection/connection";
import { statement } from "../connection/statement";
import { webhookQueue } from "../schema/tables";

/*
 * Counts for ever what becomes of deliveries (see domain/delivery/balance). A webhook's numbers are in its queue's row,
 * which is written anyhow when one of them changes (queue-row); here is what happens seldom. Those of deleted webhooks
 * are in one row of their customer, which is locked last of all.
 */

/** Events matched, or were missed, otherwise than as they were published. The webhook's queue is locked. */
export async function addMatched(
  db: Database,
  webhookKey: number,
  { matched, missed }: { matched: number; missed: number },
): Promise<void> {
  await db
    .update(webhookQueue)
    .set({
      matched: sql`${webhookQueue.matched} + ${matched}`,
      missed: sql`${webhookQueue.missed} + ${missed}`,
    })
    .where(eq(webhookQueue.webhookKey, webhookKey));
}

export type Moved = { webhookKey: number; moves: Moves };

/** Deliveries moved: counts those of webhooks that are deleted, whose queues nobody can lock any more. */
export async function moveFormer(db: Database, moved: Moved[]): Promise<void> {
  const rows = moved.map(({ webhookKey, moves }) => ({ webhookKey, ...moves }));
  if (rows.length > 0) await move(db, { moved: JSON.stringify(rows) });
}

const move = statement(sql`
  with moves as (
    select w.customer_key, sum(g.pending) as pending, sum(g.delivered) as delivered, sum(g.failed) as failed,
      sum(g.cancelled) as cancelled
    from json_to_recordset(${sql.placeholder("moved")}::json) as g("webhookKey" bigint, pending integer,
      delivered integer, failed integer, cancelled integer)
    join webhooks w on w.key = g."webhookKey" and w.deleted_at is not null
    group by w.customer_key
  ), locked as materialized (
    select customer_key from former_webhooks where customer_key in (select customer_key from moves)
    order by customer_key for no key update
  )
  update former_webhooks f set pending = f.pending + coalesce(moves.pending, 0),
    delivered = f.delivered + coalesce(moves.delivered, 0), failed = f.failed + coalesce(moves.failed, 0),
    cancelled = f.cancelled + coalesce(moves.cancelled, 0)
  from locked join moves using (customer_key)
  where f.customer_key = locked.customer_key`);

/** What retention removes stays in the numbers, which know how much of each is no longer there. Their queues are locked. */
export async function pruneCounted(db: Database, pruned: Pruned[]): Promise<void> {
  if (pruned.length === 0) return;
  const rows = countPruned(pruned).map(({ ends, ...of }) => ({ ...of, ...ends }));
  await pruneAll(db, { pruned: JSON.stringify(rows) });
}

const pruneAll = statement(sql`
  with gone as materialized (
    select * from json_to_recordset(${sql.placeholder("pruned")}::json) as g("webhookKey" bigint, "customerKey" bigint,
      missed integer, delivered integer, failed integer, cancelled integer)
  ), counted as (
    update webhook_queue q set pruned_missed = q.pruned_missed + gone.missed,
      pruned_delivered = q.pruned_delivered + gone.delivered, pruned_failed = q.pruned_failed + gone.failed,
      pruned_cancelled = q.pruned_cancelled + gone.cancelled
    from gone where q.webhook_key = gone."webhookKey"
    returning q.webhook_key
  ), former as materialized (
    select "customerKey" as customer_key, sum(missed) as missed, sum(delivered) as delivered, sum(failed) as failed,
      sum(cancelled) as cancelled
    from gone where "webhookKey" not in (select webhook_key from counted) group by "customerKey"
  ), locked as materialized (
    select customer_key from former_webhooks where customer_key in (select customer_key from former)
    order by customer_key for no key update
  )
  update former_webhooks f set pruned_missed = f.pruned_missed + former.missed,
    pruned_delivered = f.pruned_delivered + former.delivered, pruned_failed = f.pruned_failed + former.failed,
    pruned_cancelled = f.pruned_cancelled + former.cancelled
  from locked join former using (customer_key)
  where f.customer_key = locked.customer_key`);

/** A deleted webhook's numbers stay its customer's; its queue's row, which is locked, goes. */
export async function buryCounted(db: Database, webhookKey: number): Promise<void> {
  await db.execute(bury(webhookKey));
  await db.delete(webhookQueue).where(eq(webhookQueue.webhookKey, webhookKey));
}
