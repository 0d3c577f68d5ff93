import { and, desc, eq, gt, sql } from "drizzle-orm";
import { invitationAudited, memberAudited } from "@/domain/audit/access";
import type { Actor } from "@/domain/audit/actor";
import { customerLimits } from "@/domain/limits";
import type { AccessStore, Invitation, Member } from "../../store";
import type { Connection } from "../connection/connection";
import { customers, invitations, members } from "../schema/tables";
import { auditWriter } from "./audit-log";
import { customerFinder } from "./customers";
import { emailFinder, findMemberRow, toMember } from "./members";

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
  const emailOf = emailFinder(connection);
  const audit = auditWriter(connection);
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
    createInvitation: ({ lastsMs, ...invitation }, by) =>
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
        audit(customerKey, invitationAudited("invitation.created", row), by);
        return toInvitation({ invitation: row, customerId });
      }),
    listInvitations: async (customerId) =>
      selectOfCustomer.all({ customerId, now: clock() }).map(toInvitation),
    revokeInvitation: (customerId, invitationId, by) =>
      write(() => {
        const customer = findCustomer(customerId);
        if (!customer) return false;
        const ofCustomer = and(eq(invitations.id, invitationId), eq(invitations.customerKey, customer.key));
        const row = db.delete(invitations).where(ofCustomer).returning().get();
        if (!row) return false;
        audit(customer.key, invitationAudited("invitation.revoked", row), by);
        return true;
      }),
    findInvitation: async (hash) => {
      const row = selectByHash.get({ hash, now: clock() });
      return row ? toInvitation(row) : null;
    },
    acceptInvitation: (hash, userId, by) => write(() => accept(hash, userId, by)),
  };

  function accept(hash: string, userId: string, by: Actor): Member | null {
    const row = selectByHash.get({ hash, now: clock() });
    if (!row || memberOf(userId)) return null;
    const { customerKey, role } = row.invitation;
    db.delete(invitations).where(eq(invitations.key, row.invitation.key)).run();
    const member = db
      .insert(members)
      .values({ userId, customerKey, role, createdAt: clock() })
      .returning()
      .get();
    audit(customerKey, memberAudited("member.joined", { userId, email: emailOf(userId) }, role), by);
    return toMember({ member, customerId: row.customerId });
  }
}

function toInvitation({ invitation, customerId }: InvitationRow): Invitation {
  const { id, role, expiresAt, createdAt } = invitation;
  return { id, customerId, role, expiresAt, createdAt };
}
