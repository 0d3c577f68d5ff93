import { badInput, conflict, unauthorized } from "@/domain/errors";
import { ask } from "./ask";
import type { Auth } from "./auth";
import { hashKey } from "./keys";
import { guardPassword } from "./password-guard";
import { findPerson } from "./person";
import type { Reply } from "./reply";

/**
 * Sets a new password for who is signed in, and ends the person's other sessions and reset link. Throws ApiError 400, 401
 * and 429.
 */
export async function changePassword(
  auth: Auth,
  headers: Headers,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<Reply> {
  const person = await findPerson(auth, headers);
  if (!person) throw unauthorized();
  const changed = await guardPassword(auth, headers, person.id, async () => {
    const body = { currentPassword, newPassword, revokeOtherSessions: true };
    const answer = await ask(
      auth,
      (await auth.accounts()).api.changePassword({ body, headers, returnHeaders: true }),
    );
    return "refusal" in answer ? null : answer;
  });
  if (!changed) {
    const message = "This is not your current password.";
    throw badInput([{ path: ["currentPassword"], message, code: "wrong_password" }]);
  }
  await auth.store.endResetLink(person.id);
  return { body: {}, cookies: changed.cookies };
}

/** Sets a new password by a reset link, and ends all sessions. Throws ApiError 409 when the link is over. */
export async function resetPassword(
  auth: Auth,
  _headers: Headers,
  { token, newPassword }: { token: string; newPassword: string },
): Promise<Reply> {
  const { internalAdapter, password } = await (await auth.accounts()).$context;
  const hash = hashKey(token);
  if (!(await auth.store.isResetLinkOpen(hash))) throw linkOver(); // before the work of a password
  const hashed = await password.hash(newPassword);
  const userId = await auth.store.redeemResetLink(hash);
  if (userId === null || !(await internalAdapter.findUserById(userId))) throw linkOver();
  if (await internalAdapter.findCredentialAccount(userId))
    await internalAdapter.updatePassword(userId, hashed);
  else {
    const account = { userId, providerId: "credential", accountId: userId, password: hashed };
    await internalAdapter.createAccount(account);
  }
  await internalAdapter.deleteUserSessions(userId);
  return { body: {}, cookies: [] };
}

const linkOver = () => conflict("link_over", "This link was used or is over. Ask for a new one.");
