import { and, eq, inArray, lte, sql } from "drizzle-orm";
import { keyAudited } from "@/domain/audit/access";
import { system } from "@/domain/audit/actor";
import { auditLimits } from "@/domain/limits";
import { terminateSubscriptions } from "../agents/terminate";
import type { Connection } from "../connection/connection";
import { apiKeys, auditLog } from "../schema/tables";
import { auditWriter } from "./audit-log";

/** Rows that one transaction touches. */
const batchRows = 200;

/** What upkeep does to the audit log. Each answers whether there may be more. Only inside `write`. */
export function auditSweep(connection: Connection) {
  const { db, clock } = connection;
  const audit = auditWriter(connection);
  const endSubscriptions = terminateSubscriptions(connection);

  return { tellExpiredKeys, prune, purge };

  /** Nobody ends a key that comes to its end: so it is told here. It is refused since then, by its own row. */
  function tellExpiredKeys(): boolean {
    const isOver = sql`${apiKeys.expiresAt} is not null and ${apiKeys.isEndTold} = 0`;
    const over = db
      .select()
      .from(apiKeys)
      .where(and(isOver, lte(apiKeys.expiresAt, clock())))
      .limit(batchRows)
      .all();
    for (const key of over) {
      audit(key.customerKey, keyAudited("api_key.expired", key), system);
      endSubscriptions(key.customerKey, key.id, system);
      db.update(apiKeys).set({ isEndTold: true }).where(eq(apiKeys.key, key.key)).run();
    }
    return over.length === batchRows;
  }

  /** Entries go after 400 days, and not before the deliveries of their time. */
  function prune(retentionMs: number): boolean {
    const cutoff = clock() - Math.max(auditLimits.keepMs, retentionMs);
    return remove(lte(auditLog.at, cutoff)) === batchRows;
  }

  /** Those of a customer that is deleted; answers whether there were any. */
  function purge(customerKey: number): boolean {
    return remove(eq(auditLog.customerKey, customerKey)) > 0;
  }

  function remove(which: ReturnType<typeof eq>): number {
    const batch = db.select({ key: auditLog.key }).from(auditLog).where(which).limit(batchRows);
    return db.delete(auditLog).where(inArray(auditLog.key, batch)).run().changes;
  }
}
