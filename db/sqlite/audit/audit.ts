import Database from "better-sqlite3";
import type { Finding } from "../../finding";
import { type Check, checks } from "./audit-checks";

export type AuditOptions = {
  /** How long ended deliveries are kept: what is older may be gone already. */
  retentionMs: number;
  /** Epoch milliseconds. */
  now: number;
};

/** Runs every check on one snapshot of a database file, over a connection that cannot write. */
export function auditFile(file: string, options: AuditOptions): Finding[] {
  const sqlite = new Database(file, { readonly: true, fileMustExist: true });
  try {
    // One read transaction, so that the checks agree on what they see while others write.
    return sqlite.transaction(() => [
      findByPragma(sqlite, "the file is sound", "integrity_check", isBroken),
      findByPragma(sqlite, "no row is without its parent", "foreign_key_check", () => true),
      ...checks.map((check) => find(sqlite, check, options)),
    ])();
  } finally {
    sqlite.close();
  }
}

function findByPragma(
  sqlite: Database.Database,
  check: string,
  pragma: string,
  isViolation: (row: unknown) => boolean,
): Finding {
  const violations = (sqlite.pragma(pragma) as unknown[]).filter(isViolation);
  const [first] = violations;
  return { check, violations: violations.length, example: first ? JSON.stringify(first) : null };
}

const isBroken = (row: unknown) => (row as { integrity_check: string }).integrity_check !== "ok";

function find(
  sqlite: Database.Database,
  { name, violations }: Check,
  { now, retentionMs }: AuditOptions,
): Finding {
  const row = sqlite
    .prepare(`select count(*) as violations, min(example) as example from (${violations})`)
    .get({ now, keptSince: now - retentionMs }) as Omit<Finding, "check">;
  return { check: name, ...row };
}
