import { ApiError } from "@/server/domain/errors";
import { ask } from "./ask";
import type { Auth } from "./auth";
import { guardPassword } from "./password-guard";
import { toPerson } from "./person";
import { endPortalSession } from "./portal-session";
import type { Reply } from "./reply";
import { completeSignUp } from "./sign-up";

/**
 * Opens a session, which replaces a portal session of this browser. An unknown address and a wrong password
 * are answered alike, after the same work. Throws ApiError 401 and 429.
 */
export async function signIn(
  auth: Auth,
  headers: Headers,
  { email, password }: { email: string; password: string },
): Promise<Reply> {
  const entered = await guardPassword(auth, headers, email.toLowerCase(), async () => {
    const call = auth.accounts.api.signInEmail({ body: { email, password }, headers, returnHeaders: true });
    const answer = await ask(call);
    return "refusal" in answer ? null : answer;
  });
  if (!entered) {
    throw new ApiError(401, "wrong_credentials", "The email address or the password is wrong.");
  }
  const { user } = entered.value;
  await completeSignUp(auth, user);
  return {
    body: { user: toPerson(user) },
    cookies: [...entered.cookies, ...(await endPortalSession(auth, headers))],
  };
}
