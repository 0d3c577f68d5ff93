import { randomUUID } from "node:crypto";
import { and, desc, eq, inArray, lt, sql } from "drizzle-orm";
import { incidentLimits } from "@/domain/limits";
import type { IncidentChange } from "@/domain/webhook/incident";
import { incidentColumns } from "../../rows/incident";
import { shared } from "../connection/shared";
import { incidents } from "../schema/tables";

/** Writes what attempts change of a webhook's incidents. Only inside `write`. */
export const incidentRows = shared(({ db }) => {
  return { save };

  function save(webhookKey: number, change: IncidentChange, now: number): void {
    if (change.kind === "begun") begin(webhookKey, change, now);
    else
      db.update(incidents)
        .set(incidentColumns(change, now))
        .where(inArray(incidents.key, newest(webhookKey, 1)))
        .run();
  }

  function begin(
    webhookKey: number,
    { kind, ...begun }: Extract<IncidentChange, { kind: "begun" }>,
    now: number,
  ): void {
    db.insert(incidents)
      .values({ id: randomUUID(), webhookKey, ...begun, countAt: now })
      .run();
    const oldestKept = sql`(select min(kept.key) from ${newest(webhookKey, incidentLimits.kept).as("kept")})`;
    db.delete(incidents)
      .where(and(eq(incidents.webhookKey, webhookKey), lt(incidents.key, oldestKept)))
      .run();
  }

  function newest(webhookKey: number, count: number) {
    return db
      .select({ key: incidents.key })
      .from(incidents)
      .where(eq(incidents.webhookKey, webhookKey))
      .orderBy(desc(incidents.key))
      .limit(count);
  }
});
