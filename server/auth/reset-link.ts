import { type Actor, operator } from "@/domain/audit/actor";
import { accessLimits } from "@/domain/limits";
import type { Auth } from "./auth";
import { hashKey, newToken } from "./keys";
import { findByEmail } from "./person";

const lastsMs = accessLimits.resetLinkMs;

/**
 * The path of the operator's link by which a person sets a new password, once, within an hour. Null when nobody has that
 * address.
 */
export async function createResetLink(auth: Auth, email: string): Promise<string | null> {
  const found = await findByEmail(auth, email);
  return found && createLink(auth, { userId: found.user.id, makerId: null }, operator);
}

/** The same by an owner, for a member of the same customer; null when the maker is no owner of such a one. */
export function createMemberResetLink(auth: Auth, userId: string, by: Actor): Promise<string | null> {
  return createLink(auth, { userId, makerId: by.id }, by);
}

async function createLink(
  { store }: Auth,
  { userId, makerId }: { userId: string; makerId: string | null },
  by: Actor,
) {
  const { token, hash } = newToken();
  const isMade = await store.createResetLink({ userId, makerId, hash, lastsMs }, by);
  return isMade ? `/reset/${token}` : null;
}

/** Whether a link could still be used. Looking does not use it up. */
export const isResetLinkOpen = ({ store }: Auth, token: string) => store.isResetLinkOpen(hashKey(token));
