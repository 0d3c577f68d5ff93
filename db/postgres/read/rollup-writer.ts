import { sql } from "drizzle-orm";
import { countAttempt, emptyRollup, type Rollup } from "@/domain/delivery/rollup";
import { type Bucket, bucketsOf } from "../../rows/rollup-buckets";
import type { AttemptRecord } from "../../store";
import type { Database } from "../connection/connection";
import { statement } from "../connection/statement";

const steps = ["minute", "hour"] as const;

/** What was counted where attempts count. Their webhooks are locked: nobody else counts for these meanwhile. */
export async function findCounted(db: Database, records: AttemptRecord[]): Promise<Counted> {
  const places = JSON.stringify(placesOf(records).map(({ where }) => where));
  return new Map((await findRollups(db, { places })).map((row) => [nameOf(row), row.counters]));
}

/** Counts ended attempts, a row a webhook and step. */
export async function saveCounted(db: Database, records: AttemptRecord[], counted: Counted): Promise<void> {
  const rows = placesOf(records).map(({ where, own }) => {
    const counters = counted.get(nameOf(where)) ?? emptyRollup();
    for (const { claim, outcome } of own) countAttempt(counters, claim.event.type, outcome);
    return { ...where, counters };
  });
  if (rows.length > 0) await saveRollups(db, { rows: JSON.stringify(rows) });
}

type Counted = Map<string, Rollup>;

const placesOf = (records: AttemptRecord[]) =>
  steps.flatMap((step) => [...bucketsOf(records, step)]).toSorted(inOrder);

type Where = Bucket["where"];

/** The sweep locks them, too. */
function inOrder({ where: a }: Bucket, { where: b }: Bucket): number {
  return a.webhookKey - b.webhookKey || a.step.localeCompare(b.step) || a.start - b.start;
}

const findRollups = statement<Where & { counters: Rollup }>(sql`
  select webhook_key as "webhookKey", rollups.step, rollups.start, counters
  from json_to_recordset(${sql.placeholder("places")}::json) as place("webhookKey" bigint, step text, start bigint)
  join rollups on webhook_key = place."webhookKey" and rollups.step = place.step and rollups.start = place.start`);

const saveRollups = statement(sql`
  insert into rollups (webhook_key, step, start, counters)
  select "webhookKey", step, start, counters
  from json_to_recordset(${sql.placeholder("rows")}::json)
    as given("webhookKey" bigint, step text, start bigint, counters json)
  on conflict (webhook_key, step, start) do update set counters = excluded.counters`);

const nameOf = ({ webhookKey, step, start }: Where) => `${webhookKey}.${step}.${start}`;
