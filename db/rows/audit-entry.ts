import { randomUUID } from "node:crypto";
import type { AuditAction, Audited, Change } from "@/domain/audit/action";
import type { Actor, ActorKind } from "@/domain/audit/actor";
import type { AuditEntry } from "../store";

/** An entry's row, in whichever database. */
export type AuditRow = {
  id: string;
  customerKey: number | null;
  at: number;
  action: AuditAction;
  subjectId: string;
  subjectName: string | null;
  changes: Change[];
  actorKind: ActorKind;
  actorId: string;
  actorName: string | null;
  actorEmail: string | null;
  address: string | null;
  userAgent: string | null;
};

export function toAuditRow(
  customerKey: number | null,
  { action, subject, changes }: Audited,
  by: Actor,
  at: number,
  id: string = randomUUID(),
): AuditRow {
  return {
    id,
    customerKey,
    at,
    action,
    subjectId: subject.id,
    subjectName: subject.name,
    changes,
    actorKind: by.kind,
    actorId: by.id,
    actorName: by.name,
    actorEmail: by.email,
    address: by.address,
    userAgent: by.userAgent,
  };
}

export function toAuditEntry(row: AuditRow): AuditEntry {
  const { id, at, action, changes, address, userAgent } = row;
  return {
    id,
    at,
    action,
    subject: { id: row.subjectId, name: row.subjectName },
    changes,
    by: {
      kind: row.actorKind,
      id: row.actorId,
      name: row.actorName,
      email: row.actorEmail,
      address,
      userAgent,
    },
  };
}

/** After the last entry of a page: its time, and its key among those of the same time. */
export const auditCursor = ({ at, key }: { at: number; key: number }) => `${at}.${key}`;
export function auditPosition(cursor: string): { at: number; key: number } {
  const [at, key] = cursor.split(".").map(Number);
  return { at: at ?? 0, key: key ?? 0 };
}
