import { and, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import { keyAudited } from "@/domain/audit/access";
import { system } from "@/domain/audit/actor";
import { auditLimits } from "@/domain/limits";
import type { Database, Transaction } from "../connection/connection";
import { apiKeys, auditLog } from "../schema/tables";
import { audit } from "./audit-log";

/** Rows that one transaction touches. */
const batchRows = 200;

/**
 * Nobody ends a key that comes to its end: so it is told here. It is refused since then, by its own row. Answers whether
 * there may be more.
 */
export async function tellExpiredKeys(tx: Transaction): Promise<boolean> {
  const isOver = sql`${apiKeys.expiresAt} is not null and ${apiKeys.isEndTold} = false`;
  const over = await tx.db
    .select({ key: apiKeys.key })
    .from(apiKeys)
    .where(and(isOver, lte(apiKeys.expiresAt, tx.now)))
    .limit(batchRows);
  if (over.length === 0) return false;
  // One that is revoked meanwhile is told by who revoked it.
  const ended = await tx.db
    .update(apiKeys)
    .set({ isEndTold: true })
    .where(
      inArray(
        apiKeys.key,
        over.map(({ key }) => key),
      ),
    )
    .returning();
  for (const key of ended) await audit(tx, key.customerKey, keyAudited("api_key.expired", key), system);
  return over.length === batchRows;
}

/** Entries go after 400 days, and not before the deliveries of their time. Answers whether there may be more. */
export async function pruneAuditLog({ db, now }: Transaction, retentionMs: number): Promise<boolean> {
  const cutoff = now - Math.max(auditLimits.keepMs, retentionMs);
  return (await remove(db, lte(auditLog.at, cutoff))) === batchRows;
}

/** Those of a customer that is deleted; answers whether there were any. */
export async function purgeAuditLog(db: Database, customerKey: number): Promise<boolean> {
  return (await remove(db, eq(auditLog.customerKey, customerKey))) > 0;
}

async function remove(db: Database, which: SQL): Promise<number> {
  const batch = db.select({ key: auditLog.key }).from(auditLog).where(which).limit(batchRows);
  return (await db.delete(auditLog).where(inArray(auditLog.key, batch))).rowCount ?? 0;
}
