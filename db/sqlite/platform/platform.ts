import { and, eq, sql } from "drizzle-orm";
import type { PlatformStore } from "../../store";
import type { Connection } from "../connection/connection";
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
    countOutcomes: async (hour) => countOutcomes(connection, hour),
  };
}

function countOutcomes({ db }: Connection, hour: number) {
  const row = db
    .select({
      delivered: sql<number | null>`sum(json_extract(${rollups.rollup}, '$.delivered'))`,
      failed: sql<number | null>`sum(json_extract(${rollups.rollup}, '$.failed'))`,
    })
    .from(rollups)
    .where(and(eq(rollups.step, "hour"), eq(rollups.start, hour)))
    .get();
  return { delivered: row?.delivered ?? 0, failed: row?.failed ?? 0 };
}
