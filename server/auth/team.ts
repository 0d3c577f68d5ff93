import type { Invitation, Role } from "@/db/store";
import type { Actor } from "@/domain/audit/actor";
import { conflict } from "@/domain/errors";
import { accessLimits } from "@/domain/limits";
import type { Auth } from "./auth";
import { newToken } from "./keys";
import { listPeople } from "./person";
import { invitePath } from "./return-path";

export type Teammate = { userId: string; name: string; email: string; role: Role; createdAt: number };

const { invitationMs } = accessLimits;

/** The members of a customer with their names, oldest first. */
export async function listTeam(auth: Auth, customerId: string): Promise<Teammate[]> {
  const members = await auth.store.listMembers(customerId);
  const people = await listPeople(
    auth,
    members.map(({ userId }) => userId),
  );
  const byId = new Map(people.map((person) => [person.id, person]));
  return members.flatMap(({ userId, role, createdAt }) => {
    const person = byId.get(userId);
    return person ? [{ userId, name: person.name, email: person.email, role, createdAt }] : [];
  });
}

/** The path of a link that makes whoever opens it a member, once, within 7 days. Null when its maker is no owner. */
export async function createInvitationLink(
  { store, newId }: Auth,
  role: Role,
  by: Actor,
): Promise<{ invitation: Invitation; path: string } | null> {
  const { token, hash } = newToken();
  const wanted = { id: newId(), makerId: by.id, role, hash, lastsMs: invitationMs };
  const invitation = await store.createInvitation(wanted, by);
  if (invitation === "too_many") {
    throw conflict("too_many_invitations", "There are 100 open invitations. Withdraw one first.");
  }
  return invitation && { invitation, path: `${invitePath}${token}` };
}
