import { and, eq, inArray, lte, type SQL, sql } from "drizzle-orm";
import { keyAudited } from "@/domain/audit/access";
import { system } from "@/domain/audit/actor";
import { auditLimits } from "@/domain/limits";
import { lockOwner } from "../agents/audiences";
import { terminateAgents } from "../agents/terminate";
import type { Database, Transaction } from "../connection/connection";
import { apiKeys, auditLog, customers } from "../schema/tables";
import { audit } from "./audit-log";

/** Rows that one transaction touches. */
const batchRows = 200;

/**
 * Nobody ends a key that comes to its end: so it is told here, of one customer after the other. It is refused since then,
 * by its own row. Answers whether there may be more.
 */
export async function tellExpiredKeys(tx: Transaction): Promise<boolean> {
  const { db, now } = tx;
  const isOver = and(
    sql`${apiKeys.expiresAt} is not null and ${apiKeys.isEndTold} = false`,
    lte(apiKeys.expiresAt, now),
  );
  const [first] = await db
    .select({ customerId: customers.id })
    .from(apiKeys)
    .innerJoin(customers, eq(customers.key, apiKeys.customerKey))
    .where(isOver)
    .limit(1);
  const owner = first && (await lockOwner(db, first.customerId));
  if (!owner) return false;
  // One that is revoked meanwhile is told by who revoked it.
  const ended = await db
    .update(apiKeys)
    .set({ isEndTold: true })
    .where(and(isOver, eq(apiKeys.customerKey, owner.key)))
    .returning();
  for (const key of ended) {
    await audit(tx, owner.key, keyAudited("api_key.expired", key), system);
    await terminateAgents(tx, owner, key.id, system);
  }
  return true;
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
