import { asc, eq, lt, lte } from "drizzle-orm";
import { incidentLimits } from "@/domain/limits";
import { nextCountMs } from "@/domain/webhook/incident";
import type { Transaction } from "../connection/connection";
import { incidents } from "../schema/tables";
import { tallyOf } from "../webhook/incident-tally";

/**
 * Takes away incidents of long ago, and counts one of which something may have changed, so that what is told of it
 * outlives its deliveries. Answers whether there was one: then nothing else may be locked in its transaction, since
 * whoever records attempts has others locked before it.
 */
export async function sweepIncidents({ db, now }: Transaction): Promise<boolean> {
  await db.delete(incidents).where(lt(incidents.endedAt, now - incidentLimits.keptMs));
  // Locked, or what is counted of one that ends at this moment would stand as what it came to.
  const [due] = await db
    .select()
    .from(incidents)
    .where(lte(incidents.countAt, now))
    .orderBy(asc(incidents.countAt))
    .limit(1)
    .for("update");
  if (!due) return false;
  const tally = await tallyOf(db, due, now);
  const waitMs = nextCountMs(due, tally, now);
  const countAt = waitMs === null ? null : now + waitMs;
  await db.update(incidents).set({ tally, countAt }).where(eq(incidents.key, due.key));
  return true;
}
