import { and, desc, eq, gt } from "drizzle-orm";
import { invitationAudited, memberAudited } from "@/domain/audit/access";
import type { Actor } from "@/domain/audit/actor";
import { customerLimits } from "@/domain/limits";
import type { AccessStore, Invitation, Member } from "../../store";
import type { Connection, Database, Transaction } from "../connection/connection";
import { onlyOne } from "../connection/rows";
import { customers, invitations, members } from "../schema/tables";
import { audit } from "./audit-log";
import { findCustomer, lockCustomer } from "./customers";
import { emailOf, findMemberRow, toMember } from "./members";

type Verbs = Pick<
  AccessStore,
  "createInvitation" | "listInvitations" | "revokeInvitation" | "findInvitation" | "acceptInvitation"
>;

type InvitationRow = { invitation: typeof invitations.$inferSelect; customerId: string };

export function invitationVerbs({ db, write, now }: Connection): Verbs {
  return {
    createInvitation: ({ lastsMs, ...invitation }, by) =>
      write(async (tx) => {
        const asked = await findMemberRow(tx.db, invitation.makerId);
        // Whoever takes the role away waits for this, or this sees that it is gone.
        if (asked) await lockCustomer(tx.db, asked.customerId);
        const maker = await findMemberRow(tx.db, invitation.makerId);
        if (maker?.member.role !== "owner") return null;
        const { customerId } = maker;
        const open = await listOpen(tx, customerId);
        if (open.length >= customerLimits.invitations) return "too_many";
        const { customerKey } = maker.member;
        const values = { ...invitation, customerKey, createdAt: tx.now, expiresAt: tx.now + lastsMs };
        const row = onlyOne(await tx.db.insert(invitations).values(values).returning());
        await audit(tx, customerKey, invitationAudited("invitation.created", row), by);
        return toInvitation({ invitation: row, customerId });
      }),
    listInvitations: async (customerId) =>
      (await listOpen({ db, now: await now() }, customerId)).map(toInvitation),
    revokeInvitation: (customerId, invitationId, by) =>
      write(async (tx) => {
        const customer = await findCustomer(tx.db, customerId);
        if (!customer) return false;
        const ofCustomer = and(eq(invitations.id, invitationId), eq(invitations.customerKey, customer.key));
        const [row] = await tx.db.delete(invitations).where(ofCustomer).returning();
        if (!row) return false;
        await audit(tx, customer.key, invitationAudited("invitation.revoked", row), by);
        return true;
      }),
    findInvitation: async (hash) => {
      const [row] = await invitationRows(db).where(isOpen(hash, await now()));
      return row ? toInvitation(row) : null;
    },
    acceptInvitation: (hash, userId, by) => write((tx) => accept(tx, hash, userId, by)),
  };
}

async function accept(tx: Transaction, hash: string, userId: string, by: Actor): Promise<Member | null> {
  const { db, now } = tx;
  // Taken away first: of two who open it at once, one finds nothing.
  const [row] = await invitationRows(db).where(isOpen(hash, now));
  if (!row || (await findMemberRow(db, userId))) return null;
  const { key, customerKey, role } = row.invitation;
  const taken = await db
    .delete(invitations)
    .where(eq(invitations.key, key))
    .returning({ key: invitations.key });
  if (taken.length === 0) return null;
  const values = { userId, customerKey, role, createdAt: now };
  const member = onlyOne(await db.insert(members).values(values).returning());
  const told = memberAudited("member.joined", { userId, email: await emailOf(db, userId) }, role);
  await audit(tx, customerKey, told, by);
  return toMember({ member, customerId: row.customerId });
}

const listOpen = ({ db, now }: Transaction, customerId: string) =>
  invitationRows(db)
    .where(and(eq(customers.id, customerId), gt(invitations.expiresAt, now)))
    .orderBy(desc(invitations.key));

const isOpen = (hash: string, now: number) => and(eq(invitations.hash, hash), gt(invitations.expiresAt, now));

const invitationRows = (db: Database) =>
  db
    .select({ invitation: invitations, customerId: customers.id })
    .from(invitations)
    .innerJoin(customers, eq(customers.key, invitations.customerKey))
    .$dynamic();

function toInvitation({ invitation, customerId }: InvitationRow): Invitation {
  const { id, role, expiresAt, createdAt } = invitation;
  return { id, customerId, role, expiresAt, createdAt };
}
