import { hasStore } from "./has-store";
import { type AuditOptions, auditFile, type Finding } from "./sqlite/audit/audit";
import { databaseFile } from "./sqlite/connection/migrate";

export type { Finding };

/**
 * Checks the invariants of a store, which may be in use meanwhile: it reads one moment of it, and writes nothing.
 * Null when there is no store.
 */
export function auditStore({ dataDir, ...options }: AuditOptions & { dataDir: string }): Finding[] | null {
  return hasStore(dataDir) ? auditFile(databaseFile(dataDir), options) : null;
}
