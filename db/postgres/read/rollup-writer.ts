import { and, asc, eq, or, sql } from "drizzle-orm";
import { countAttempt, emptyRollup } from "@/domain/delivery/rollup";
import { type Bucket, bucketsOf } from "../../rows/rollup-buckets";
import type { AttemptRecord } from "../../store";
import type { Database } from "../connection/connection";
import { rollups } from "../schema/tables";

const steps = ["minute", "hour"] as const;

/** Counts ended attempts, a row a webhook and step. Each row is locked while it is counted on. */
export async function addToRollups(db: Database, records: AttemptRecord[]): Promise<void> {
  const buckets = steps.flatMap((step) => [...bucketsOf(records, step)]);
  if (buckets.length === 0) return;
  await db
    .insert(rollups)
    .values(buckets.toSorted(inOrder).map(({ where }) => ({ ...where, rollup: emptyRollup() })))
    .onConflictDoNothing();
  const before = await lockRollups(db, buckets);
  const after = buckets.map(({ where, own }) => {
    const rollup = before.get(nameOf(where)) ?? emptyRollup();
    for (const { claim, outcome } of own) countAttempt(rollup, claim.event.type, outcome);
    return { ...where, rollup };
  });
  await db.execute(sql`
    update rollups set counters = counted.rollup
    from json_to_recordset(${JSON.stringify(after)}::json)
      as counted("webhookKey" bigint, step text, start bigint, rollup json)
    where webhook_key = counted."webhookKey" and rollups.step = counted.step and rollups.start = counted.start`);
}

type Where = Bucket["where"];

/** In the order in which everybody locks them. */
function inOrder({ where: a }: Bucket, { where: b }: Bucket): number {
  return a.webhookKey - b.webhookKey || a.step.localeCompare(b.step) || a.start - b.start;
}

async function lockRollups(db: Database, buckets: Bucket[]) {
  const { webhookKey, step, start } = rollups;
  const isOne = ({ where }: Bucket) =>
    and(eq(webhookKey, where.webhookKey), eq(step, where.step), eq(start, where.start));
  const rows = await db
    .select()
    .from(rollups)
    .where(or(...buckets.map(isOne)))
    .orderBy(asc(webhookKey), asc(step), asc(start))
    .for("update");
  return new Map(rows.map((row) => [nameOf(row), row.rollup]));
}

const nameOf = ({ webhookKey, step, start }: Where) => `${webhookKey}.${step}.${start}`;
