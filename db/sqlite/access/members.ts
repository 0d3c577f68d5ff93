import { and, asc, count, eq, sql } from "drizzle-orm";
import { memberAudited, roleChanged } from "@/domain/audit/access";
import type { AccessStore, Member } from "../../store";
import type { Connection } from "../connection/connection";
import { users } from "../schema/auth-tables";
import { customers, invitations, members, resetLinks } from "../schema/tables";
import { auditWriter } from "./audit-log";

type Verbs = Pick<AccessStore, "findMember" | "listMembers" | "setRole" | "removeMember">;
type MemberRow = { member: typeof members.$inferSelect; customerId: string };

export function memberVerbs(connection: Connection): Verbs {
  const { db, write } = connection;
  const find = findMemberRow(connection);
  const emailOf = emailFinder(connection);
  const audit = auditWriter(connection);
  const selectOfCustomer = memberRows(connection)
    .where(eq(customers.id, sql.placeholder("customerId")))
    .orderBy(asc(members.createdAt), asc(members.userId))
    .prepare();

  return {
    findMember: async (userId) => {
      const row = find(userId);
      return row ? toMember(row) : null;
    },
    listMembers: async (customerId) => selectOfCustomer.all({ customerId }).map(toMember),
    setRole: ({ userId, customerId, role }, by) =>
      write(() => {
        const row = find(userId);
        if (row?.customerId !== customerId) return "not_found";
        if (role !== "owner" && isLastOwner(row)) return "last_owner";
        if (role !== "owner") endWhatTheyMade(userId);
        db.update(members).set({ role }).where(eq(members.userId, userId)).run();
        const person = { userId, email: emailOf(userId) };
        audit(row.member.customerKey, roleChanged(person, row.member.role, role), by);
        return { ...toMember(row), role };
      }),
    removeMember: (customerId, userId, by) =>
      write(() => {
        const row = find(userId);
        if (row?.customerId !== customerId) return "not_found";
        if (isLastOwner(row)) return "last_owner";
        endWhatTheyMade(userId);
        db.delete(resetLinks).where(eq(resetLinks.userId, userId)).run();
        db.delete(members).where(eq(members.userId, userId)).run();
        const person = { userId, email: emailOf(userId) };
        audit(row.member.customerKey, memberAudited("member.removed", person, row.member.role), by);
        return "removed";
      }),
  };

  /** Who is no owner any more vouches for nobody, also not on coming back. */
  function endWhatTheyMade(userId: string): void {
    for (const table of [invitations, resetLinks]) db.delete(table).where(eq(table.makerId, userId)).run();
  }

  function isLastOwner({ member }: MemberRow): boolean {
    if (member.role !== "owner") return false;
    const owners = db
      .select({ count: count() })
      .from(members)
      .where(and(eq(members.customerKey, member.customerKey), eq(members.role, "owner")))
      .get();
    return (owners?.count ?? 0) <= 1;
  }
}

/** Finds a person's membership. */
export function findMemberRow(connection: Connection) {
  const select = memberRows(connection)
    .where(eq(members.userId, sql.placeholder("userId")))
    .prepare();
  return (userId: string): MemberRow | undefined => select.get({ userId });
}

/** Finds the address of a person; null when the account is gone. */
export function emailFinder({ db }: Connection) {
  const select = db
    .select({ email: users.email })
    .from(users)
    .where(eq(users.id, sql.placeholder("userId")))
    .prepare();
  return (userId: string): string | null => select.get({ userId })?.email ?? null;
}

// Members go in the same commit as their customer, so none of a deleted one is ever here.
const memberRows = ({ db }: Connection) =>
  db
    .select({ member: members, customerId: customers.id })
    .from(members)
    .innerJoin(customers, eq(customers.key, members.customerKey));

export function toMember({ member: { userId, role, createdAt }, customerId }: MemberRow): Member {
  return { userId, customerId, role, createdAt };
}
