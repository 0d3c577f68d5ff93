import { randomUUID } from "node:crypto";
import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { incidentLimits } from "@/domain/limits";
import type { IncidentChange } from "@/domain/webhook/incident";
import { incidentColumns } from "../../rows/incident";
import type { Database, Transaction } from "../connection/connection";
import { incidents } from "../schema/tables";

/** Writes what attempts change of a webhook's incidents. Its queue is locked by then. */
export async function saveIncident(
  tx: Transaction,
  webhookKey: number,
  change: IncidentChange,
): Promise<void> {
  if (change.kind === "begun") return begin(tx, webhookKey, change);
  await tx.db
    .update(incidents)
    .set(incidentColumns(change, tx.now))
    .where(inArray(incidents.key, newest(tx.db, webhookKey, 1)));
}

async function begin(
  { db, now }: Transaction,
  webhookKey: number,
  { kind, ...begun }: Extract<IncidentChange, { kind: "begun" }>,
): Promise<void> {
  await db.insert(incidents).values({ id: randomUUID(), webhookKey, ...begun, countAt: now });
  const kept = newest(db, webhookKey, incidentLimits.kept).as("kept");
  const oldestKept = sql`(select min(kept.key) from ${kept})`;
  await db.delete(incidents).where(and(eq(incidents.webhookKey, webhookKey), lt(incidents.key, oldestKept)));
}

function newest(db: Database, webhookKey: number, count: number) {
  return db
    .select({ key: incidents.key })
    .from(incidents)
    .where(eq(incidents.webhookKey, webhookKey))
    .orderBy(desc(incidents.key))
    .limit(count);
}
