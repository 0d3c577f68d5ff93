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
  return found && createLink(auth, found.user.id, null);
}

/** The same by an owner, for a member of the same customer; null when the maker is no owner of such a one. */
export function createMemberResetLink(auth: Auth, makerId: string, userId: string): Promise<string | null> {
  return createLink(auth, userId, makerId);
}

async function createLink({ store }: Auth, userId: string, makerId: string | null) {
  const { token, hash } = newToken();
  const isMade = await store.createResetLink({ userId, makerId, hash, lastsMs });
  return isMade ? `/reset/${token}` : null;
}

/** Whether a link could still be used. Looking does not use it up. */
export const isResetLinkOpen = ({ store }: Auth, token: string) => store.isResetLinkOpen(hashKey(token));
