import { asOperator } from "@/domain/as-operator";
import { ApiError, tooMany } from "@/domain/errors";
import { accessLimits } from "@/domain/limits";
import type { CallHeaders } from "@/server/http/call";
import type { Auth } from "./auth";
import { cookiePath, isSecure, readCookie } from "./cookies";
import { newToken } from "./keys";
import { networkOf } from "./network";
import { platformKeyOf } from "./platform-keys";
import { byAnyKey, newTokenHash, tokenHashes } from "./platform-token";
import type { Reply } from "./reply";

const sessionMs = accessLimits.platformSessionMs;

/** Whether a request asks to be answered as to an operator. */
export const isAsOperator = (headers: CallHeaders): boolean =>
  headers.get("x-fanfare-as") === asOperator["x-fanfare-as"];

/**
 * Opens an operator's session, for whoever has the platform's key. The name is what they call themselves: it proves
 * nothing, and says in records who it was. Throws ApiError 401, and 429 to who guesses keys.
 */
export async function signInPlatform(
  auth: Auth,
  headers: Headers,
  { key, name }: { key: string; name: string },
): Promise<Reply> {
  if (platformKeyOf(auth.env, key) === null) throw refuseKey(auth, headers);
  const { token } = newToken();
  await auth.store.createPlatformSession({ hash: newTokenHash(auth, token), name, lastsMs: sessionMs });
  return { body: { operator: name }, cookies: [platformCookie(auth, token, sessionMs)] };
}

/** The operator whose session a request carries; null when there is none, it is over, or its key counts no more. */
export async function findOperator(auth: Auth, headers: CallHeaders): Promise<string | null> {
  const token = readCookie(headers, cookieName(auth));
  const found = token && (await byAnyKey(auth, token, auth.store.findPlatformSession));
  return found ? found.name : null;
}

export async function signOutPlatform(auth: Auth, headers: Headers): Promise<Reply> {
  const token = readCookie(headers, cookieName(auth));
  for (const hash of token ? tokenHashes(auth, token) : []) await auth.store.endPlatformSession(hash);
  return { body: {}, cookies: [platformCookie(auth, "", 0)] };
}

function refuseKey(auth: Auth, headers: Headers): ApiError {
  const waitMs = auth.wrongKeys.take(networkOf(headers));
  if (waitMs === 0) return new ApiError(401, "wrong_credentials", "This is not the platform's key.");
  auth.forwarders.limited(headers, "wrong keys");
  return tooMany("Too many wrong keys came from your network.", Math.ceil(waitMs / 1000));
}

function platformCookie(auth: Auth, token: string, lastsMs: number): string {
  const attributes = `Path=${cookiePath(auth.env)}; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(lastsMs / 1000)}`;
  return `${cookieName(auth)}=${token}; ${attributes}${isSecure(auth.env) ? "; Secure" : ""}`;
}

// Browsers take a cookie marked `__Secure-` only over HTTPS.
const cookieName = (auth: Auth) => `${isSecure(auth.env) ? "__Secure-" : ""}fanfare.platform`;
