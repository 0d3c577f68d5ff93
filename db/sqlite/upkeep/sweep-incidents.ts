import { asc, eq, lt, lte } from "drizzle-orm";
import { incidentLimits } from "@/domain/limits";
import { nextCountMs } from "@/domain/webhook/incident";
import type { Connection } from "../connection/connection";
import { incidents } from "../schema/tables";
import { incidentTally } from "../webhook/incident-tally";

/**
 * Takes away incidents of long ago, and counts one of which something may have changed, so that what is told of it
 * outlives its deliveries. Answers whether there was one. Only inside `write`.
 */
export function incidentSweep(connection: Connection): () => boolean {
  const { db, clock } = connection;
  const tallyOf = incidentTally(connection);

  return () => {
    const now = clock();
    db.delete(incidents)
      .where(lt(incidents.endedAt, now - incidentLimits.keptMs))
      .run();
    const due = db
      .select()
      .from(incidents)
      .where(lte(incidents.countAt, now))
      .orderBy(asc(incidents.countAt))
      .limit(1)
      .get();
    if (!due) return false;
    const tally = tallyOf(due);
    const waitMs = nextCountMs(due, tally, now);
    const countAt = waitMs === null ? null : now + waitMs;
    db.update(incidents).set({ tally, countAt }).where(eq(incidents.key, due.key)).run();
    return true;
  };
}
