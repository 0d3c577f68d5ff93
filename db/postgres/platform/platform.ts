import { and, eq, sql } from "drizzle-orm";
import type { OutcomeCount, PlatformStore } from "../../store";
import type { Connection } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { rollups } from "../schema/tables";
import { deliveryPauseVerbs } from "./delivery-pause";
import { findAnywhereVerbs } from "./find-anywhere";
import { platformSessionVerbs } from "./sessions";
import { surveyVerbs } from "./survey";

/** What operators see and do across customers: one file a noun. */
export function platformVerbs(connection: Connection): PlatformStore {
  return {
    ...deliveryPauseVerbs(connection),
    ...surveyVerbs(connection),
    ...findAnywhereVerbs(connection),
    ...platformSessionVerbs(connection),
    countOutcomes: (hour) => countOutcomes(connection, hour),
  };
}

async function countOutcomes({ db }: Connection, hour: number): Promise<OutcomeCount> {
  const total = (name: string) =>
    sql`coalesce(sum((${rollups.rollup}::json ->> ${sql.raw(`'${name}'`)})::bigint), 0)`.mapWith(Number);
  return onlyOne(
    await db
      .select({ delivered: total("delivered"), failed: total("failed") })
      .from(rollups)
      .where(and(eq(rollups.step, "hour"), eq(rollups.start, hour))),
  );
}
