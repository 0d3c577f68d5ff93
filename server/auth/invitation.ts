import type { Role } from "@/db/store";
import { unauthorized } from "@/domain/errors";
import { personActor } from "./actor";
import type { Auth } from "./auth";
import { hashKey } from "./keys";
import { findPerson } from "./person";
import type { Reply } from "./reply";
import { invitationOver } from "./sign-up";

/** Whose team an invitation leads to; null when it is unknown, used or over. */
export async function describeInvitation(
  { store }: Auth,
  token: string,
): Promise<{ customerName: string; role: Role } | null> {
  const invitation = await store.findInvitation(hashKey(token));
  const customer = invitation && (await store.findCustomer(invitation.customerId));
  return customer ? { customerName: customer.name, role: invitation.role } : null;
}

/** Joins by an invitation with the account that is signed in. Throws ApiError 401, and 409 when it is over. */
export async function acceptInvitation(
  auth: Auth,
  headers: Headers,
  { invitation }: { invitation: string },
): Promise<Reply> {
  const person = await findPerson(auth, headers);
  if (!person) throw unauthorized();
  const by = personActor(person, headers);
  if (!(await auth.store.acceptInvitation(hashKey(invitation), person.id, by))) throw invitationOver();
  return { body: {}, cookies: [] };
}
