import { and, asc, count, eq } from "drizzle-orm";
import { memberAudited, roleChanged } from "@/domain/audit/access";
import type { AccessStore, Member } from "../../store";
import type { Connection, Database } from "../connection/connection";
import { users } from "../schema/auth-tables";
import { customers, invitations, members, resetLinks } from "../schema/tables";
import { audit } from "./audit-log";

type Verbs = Pick<AccessStore, "findMember" | "listMembers" | "setRole" | "removeMember">;
type MemberRow = { member: typeof members.$inferSelect; customerId: string };

export function memberVerbs({ db, write }: Connection): Verbs {
  return {
    findMember: async (userId) => {
      const row = await findMemberRow(db, userId);
      return row ? toMember(row) : null;
    },
    listMembers: async (customerId) => {
      const rows = await memberRows(db)
        .where(eq(customers.id, customerId))
        .orderBy(asc(members.createdAt), asc(members.userId));
      return rows.map(toMember);
    },
    setRole: ({ userId, customerId, role }, by) =>
      write(async (tx) => {
        const { db } = tx;
        const row = await lockMemberRow(db, userId);
        if (row?.customerId !== customerId) return "not_found";
        if (role !== "owner" && (await isLastOwner(db, row))) return "last_owner";
        if (role !== "owner") await endWhatTheyMade(db, userId);
        await db.update(members).set({ role }).where(eq(members.userId, userId));
        const person = { userId, email: await emailOf(db, userId) };
        await audit(tx, row.member.customerKey, roleChanged(person, row.member.role, role), by);
        return { ...toMember(row), role };
      }),
    removeMember: (customerId, userId, by) =>
      write(async (tx) => {
        const { db } = tx;
        const row = await lockMemberRow(db, userId);
        if (row?.customerId !== customerId) return "not_found";
        if (await isLastOwner(db, row)) return "last_owner";
        await endWhatTheyMade(db, userId);
        await db.delete(resetLinks).where(eq(resetLinks.userId, userId));
        await db.delete(members).where(eq(members.userId, userId));
        const person = { userId, email: await emailOf(db, userId) };
        await audit(tx, row.member.customerKey, memberAudited("member.removed", person, row.member.role), by);
        return "removed";
      }),
  };
}

/** Who is no owner any more vouches for nobody, also not on coming back. */
async function endWhatTheyMade(db: Database, userId: string): Promise<void> {
  for (const table of [invitations, resetLinks]) await db.delete(table).where(eq(table.makerId, userId));
}

async function isLastOwner(db: Database, { member }: MemberRow): Promise<boolean> {
  if (member.role !== "owner") return false;
  const [owners] = await db
    .select({ count: count() })
    .from(members)
    .where(and(eq(members.customerKey, member.customerKey), eq(members.role, "owner")));
  return (owners?.count ?? 0) <= 1;
}

/** Finds a person's membership. */
export async function findMemberRow(db: Database, userId: string): Promise<MemberRow | undefined> {
  const [row] = await memberRows(db).where(eq(members.userId, userId));
  return row;
}

/**
 * The same for one that is about to change. The lock is on the customer: two owners who go at once would each see the
 * other stay.
 */
export async function lockMemberRow(db: Database, userId: string): Promise<MemberRow | undefined> {
  await memberRows(db).where(eq(members.userId, userId)).for("update", { of: customers });
  return findMemberRow(db, userId);
}

/** The address of a person; null when the account is gone. */
export async function emailOf(db: Database, userId: string): Promise<string | null> {
  const [person] = await db.select({ email: users.email }).from(users).where(eq(users.id, userId));
  return person?.email ?? null;
}

// Members go in the same commit as their customer, so none of a deleted one is ever here.
const memberRows = (db: Database) =>
  db
    .select({ member: members, customerId: customers.id })
    .from(members)
    .innerJoin(customers, eq(customers.key, members.customerKey))
    .$dynamic();

export function toMember({ member: { userId, role, createdAt }, customerId }: MemberRow): Member {
  return { userId, customerId, role, createdAt };
}
