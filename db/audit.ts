import type { Finding } from "./finding";
import { hasStore } from "./has-store";
import type { StorePlace } from "./opened";
import { databaseFile } from "./sqlite/connection/database-file";

export { StoreError } from "./store-error";
export type { Finding };

/**
 * Checks the invariants of a store, which may be in use meanwhile: it reads one moment of it, and writes nothing. What
 * has ended is kept for `retentionMs`: what is older may be gone already. Null when there is no store.
 */
export async function auditStore({
  dataDir,
  databaseUrl,
  retentionMs,
}: StorePlace & { retentionMs: number }): Promise<Finding[] | null> {
  if (databaseUrl) {
    const { auditPostgres } = await import("./postgres/audit/audit");
    return auditPostgres(databaseUrl, retentionMs);
  }
  if (!hasStore(dataDir)) return null;
  const { auditFile } = await import("./sqlite/audit/audit");
  return auditFile(databaseFile(dataDir), { retentionMs, now: Date.now() });
}
