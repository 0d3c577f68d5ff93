import { and, desc, eq, gt, sql } from "drizzle-orm";
import { customerLimits } from "@/domain/limits";
import type { AccessStore, Invitation, Member } from "../../store";
import type { Connection } from "../connection/connection";
import { customers, invitations, members } from "../schema/tables";
import { customerFinder } from "./customers";
import { findMemberRow, toMember } from "./members";

type Verbs = Pick<
  AccessStore,
  "createInvitation" | "listInvitations" | "revokeInvitation" | "findInvitation" | "acceptInvitation"
>;
const maxOpen = customerLimits.invitations;

type InvitationRow = { invitation: typeof invitations.$inferSelect; customerId: string };

export function invitationVerbs(connection: Connection): Verbs {
  const { db, write, clock } = connection;
  const findCustomer = customerFinder(connection);
  const memberOf = findMemberRow(connection);
  const isOpen = gt(invitations.expiresAt, sql.placeholder("now"));
  const rows = () =>
    db
      .select({ invitation: invitations, customerId: customers.id })
      .from(invitations)
      .innerJoin(customers, eq(customers.key, invitations.customerKey));
  const selectByHash = rows()
    .where(and(eq(invitations.hash, sql.placeholder("hash")), isOpen))
    .prepare();
  const selectOfCustomer = rows()
    .where(and(eq(customers.id, sql.placeholder("customerId")), isOpen))
    .orderBy(desc(invitations.key))
    .prepare();

  return {
    createInvitation: ({ lastsMs, ...invitation }) =>
      write(() => {
        const maker = memberOf(invitation.makerId);
        if (maker?.member.role !== "owner") return null;
        const { customerKey } = maker.member;
        const now = clock();
        const { customerId } = maker;
        if (selectOfCustomer.all({ customerId, now }).length >= maxOpen) return "too_many";
        const row = db
          .insert(invitations)
          .values({ ...invitation, customerKey, createdAt: now, expiresAt: now + lastsMs })
          .returning()
          .get();
        return toInvitation({ invitation: row, customerId });
      }),
    listInvitations: async (customerId) =>
      selectOfCustomer.all({ customerId, now: clock() }).map(toInvitation),
    revokeInvitation: (customerId, invitationId) =>
      write(() => {
        const customer = findCustomer(customerId);
        if (!customer) return false;
        const ofCustomer = and(eq(invitations.id, invitationId), eq(invitations.customerKey, customer.key));
        return db.delete(invitations).where(ofCustomer).run().changes > 0;
      }),
    findInvitation: async (hash) => {
      const row = selectByHash.get({ hash, now: clock() });
      return row ? toInvitation(row) : null;
    },
    acceptInvitation: (hash, userId) => write(() => accept(hash, userId)),
  };

  function accept(hash: string, userId: string): Member | null {
    const row = selectByHash.get({ hash, now: clock() });
    if (!row || memberOf(userId)) return null;
    const { customerKey, role } = row.invitation;
    db.delete(invitations).where(eq(invitations.key, row.invitation.key)).run();
    const member = db
      .insert(members)
      .values({ userId, customerKey, role, createdAt: clock() })
      .returning()
      .get();
    return toMember({ member, customerId: row.customerId });
  }
}

function toInvitation({ invitation, customerId }: InvitationRow): Invitation {
  const { id, role, expiresAt, createdAt } = invitation;
  return { id, customerId, role, expiresAt, createdAt };
}
