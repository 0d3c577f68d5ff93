import { existsSync } from "node:fs";
import { auditFile } from "./sqlite/audit";
import { databaseFile } from "./sqlite/migrate";

/** What one check found. `example` is the first violation, in words an operator can look up; null when none. */
export type Finding = { check: string; violations: number; example: string | null };

export type AuditOptions = {
  dataDir: string;
  /** How long ended deliveries are kept: what is older may be gone already. */
  retentionMs: number;
  /** Epoch milliseconds. */
  now: number;
};

/**
 * Checks the invariants of a store, which may be in use meanwhile: it reads one moment of it, and writes nothing.
 * Null when there is no store.
 */
export function auditStore({ dataDir, ...options }: AuditOptions): Finding[] | null {
  const file = databaseFile(dataDir);
  return existsSync(file) ? auditFile(file, options) : null;
}
