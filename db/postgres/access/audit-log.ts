import { and, desc, eq, gte, inArray, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { Audited } from "@/domain/audit/action";
import type { Actor } from "@/domain/audit/actor";
import { auditCursor, auditPosition, toAuditEntry, toAuditRow } from "../../rows/audit-entry";
import type { AuditFilter, AuditLogStore } from "../../store";
import type { Connection, Transaction } from "../connection/connection";
import { auditLog } from "../schema/tables";
import { findCustomerKey } from "./customer-finder";

/** Tells what was done, in the transaction that does it. */
export async function audit(
  { db, now }: Transaction,
  customerKey: number | null,
  audited: Audited | Audited[],
  by: Actor,
): Promise<void> {
  const rows = [audited].flat().map((each) => toAuditRow(customerKey, each, by, now));
  if (rows.length > 0) await db.insert(auditLog).values(rows);
}

/** The same of what takes many transactions: the entry of the first is told anew by those that follow. */
export async function auditGrowing(
  { db, now }: Transaction,
  id: string,
  customerKey: number,
  audited: Audited,
  by: Actor,
): Promise<void> {
  const { changes } = audited;
  await db
    .insert(auditLog)
    .values(toAuditRow(customerKey, audited, by, now, id))
    .onConflictDoUpdate({ target: auditLog.id, set: { changes } });
}

export function auditLogVerbs({ db }: Connection): AuditLogStore {
  return {
    listAuditLog: async (customerId, { pageSize, cursor, ...filter }) => {
      const customerKey = customerId === null ? null : await findCustomerKey(db, customerId);
      if (customerKey === undefined) return { items: [], next: null };
      const ofCustomer =
        customerKey === null ? isNull(auditLog.customerKey) : eq(auditLog.customerKey, customerKey);
      const rows = await db
        .select()
        .from(auditLog)
        .where(and(ofCustomer, ...matching(filter), cursor === undefined ? undefined : isAfter(cursor)))
        .orderBy(desc(auditLog.at), desc(auditLog.key))
        .limit(pageSize + 1);
      const page = rows.slice(0, pageSize);
      const last = page.at(-1);
      return {
        items: page.map(toAuditEntry),
        next: rows.length > page.length && last ? auditCursor(last) : null,
      };
    },
  };
}

function matching({ subjectId, actions, actorId, since, until }: Omit<AuditFilter, "pageSize" | "cursor">) {
  return [
    subjectId === undefined ? undefined : eq(auditLog.subjectId, subjectId),
    actions === undefined ? undefined : inArray(auditLog.action, [...actions]),
    actorId === undefined ? undefined : eq(auditLog.actorId, actorId),
    since === undefined ? undefined : gte(auditLog.at, since),
    until === undefined ? undefined : lt(auditLog.at, until),
  ];
}

function isAfter(cursor: string): SQL {
  const { at, key } = auditPosition(cursor);
  return sql`(${auditLog.at}, ${auditLog.key}) < (${at}, ${key})`;
}
