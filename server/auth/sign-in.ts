import { ApiError } from "@/domain/errors";
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
    const call = (await auth.accounts()).api.signInEmail({
      body: { email, password },
      headers,
      returnHeaders: true,
    });
    const answer = await ask(auth, call);
    return "refusal" in answer ? null : answer;
  });
  if (!entered) {
    throw new ApiError(401, "wrong_credentials", "The email address or the password is wrong.");
  }
  const { user } = entered.value;
  await completeSignUp(auth, headers, user);
  await endOldSessions(auth, user.id);
  return {
    body: { user: toPerson(user) },
    cookies: [...entered.cookies, ...(await endPortalSession(auth, headers))],
  };
}

/** A person has so many sessions: the newest ones. */
const maxSessions = 50;

async function endOldSessions({ accounts }: Auth, userId: string): Promise<void> {
  const { adapter, internalAdapter } = await (await accounts()).$context;
  const old = await adapter.findMany<{ token: string }>({
    model: "session",
    where: [{ field: "userId", value: userId }],
    sortBy: { field: "createdAt", direction: "desc" },
    offset: maxSessions,
    limit: maxSessions,
  });
  if (old.length > 0) await internalAdapter.deleteSessions(old.map(({ token }) => token));
}
