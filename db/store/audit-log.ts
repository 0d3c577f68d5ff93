import type { AuditAction, Audited } from "@/domain/audit/action";
import type { Actor } from "@/domain/audit/actor";
import type { Cursor, Page } from "./page";

/** A change that somebody made, told by the transaction that made it. */
export type AuditEntry = Audited & { id: string; at: number; by: Actor };

export type AuditFilter = {
  /** What was changed, by its id. */
  subjectId?: string;
  actions?: readonly AuditAction[];
  /** Whoever changed it, by the id that the log has of them. */
  actorId?: string;
  since?: number;
  /** Up to then, and not that moment itself. */
  until?: number;
  pageSize: number;
  cursor?: Cursor;
};

export type AuditLogStore = {
  /**
   * Who changed what of a customer, newest first; with null, what is told to the platform, of customers that are gone.
   * Every verb that changes something tells it here, in its own transaction, of the `by` that it is given.
   */
  listAuditLog(customerId: string | null, filter: AuditFilter): Promise<Page<AuditEntry>>;
};
