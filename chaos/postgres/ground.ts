import { auditStore } from "@/db/audit";
import { startFleet } from "../running-product";
import type { Ground } from "../trial";
import { witnessPostgres } from "../witness";
import type { Cluster } from "./cluster";

const hourMs = 3_600_000;

/** The product as machines that share a database, of which one or two workers have wrong clocks. */
export const onCluster = (cluster: Cluster, webs: number): Ground => ({
  start: (options) =>
    startFleet({
      ...options,
      settings: { ...options.settings, DATABASE_URL: cluster.url },
      webs,
      clocksAheadMs: [hourMs, -hourMs],
    }),
  witness: () => witnessPostgres(cluster.directUrl()),
  audit: (retentionMs) => auditStore({ dataDir: "", databaseUrl: cluster.directUrl(), retentionMs }),
});
