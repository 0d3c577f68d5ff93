import type { Finding } from "./finding";
import { hasStore } from "./has-store";
import type { StorePlace } from "./opened";
import type { Lack } from "./rows/recount";
import { databaseFile } from "./sqlite/connection/database-file";

export { lackInWords } from "./rows/recount";
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

/**
 * Counts anew what is counted for ever of each webhook, from what is kept and what retention has removed, and adds the
 * differences. It may be in use meanwhile: whoever writes now keeps a difference as it is, so that what one moment lacked
 * is lacking until it is added. Answers what was mended; null when there is no store.
 */
export async function recountStore({ dataDir, databaseUrl }: StorePlace): Promise<Lack[] | null> {
  if (databaseUrl) {
    const { recountPostgres } = await import("./postgres/audit/recount");
    return recountPostgres(databaseUrl);
  }
  if (!hasStore(dataDir)) return null;
  const { recountFile } = await import("./sqlite/audit/recount");
  return recountFile(databaseFile(dataDir));
}
