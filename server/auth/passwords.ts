import { badInput, conflict, unauthorized } from "@/server/domain/errors";
import { ask } from "./ask";
import type { Auth } from "./auth";
import { guardPassword } from "./password-guard";
import { findPerson } from "./person";
import type { Reply } from "./reply";

/**
 * Sets a new password for who is signed in, and ends the person's other sessions. Throws ApiError 400, 401
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
    const answer = await ask(auth.accounts.api.changePassword({ body, headers, returnHeaders: true }));
    return "refusal" in answer ? null : answer;
  });
  if (!changed) {
    const message = "This is not your current password.";
    throw badInput([{ path: ["currentPassword"], message, code: "wrong_password" }]);
  }
  return { body: {}, cookies: changed.cookies };
}

/** Sets a new password by a reset link, and ends all sessions. Throws ApiError 409 when the link is over. */
export async function resetPassword(
  auth: Auth,
  headers: Headers,
  { token, newPassword }: { token: string; newPassword: string },
): Promise<Reply> {
  const body = { token, newPassword };
  const answer = await ask(auth.accounts.api.resetPassword({ body, headers, returnHeaders: true }));
  if ("refusal" in answer) throw conflict("link_over", "This link was used or is over. Ask for a new one.");
  return { body: {}, cookies: [] };
}
