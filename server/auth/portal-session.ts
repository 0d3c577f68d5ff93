import { parseCookies } from "better-auth/cookies";
import type { Auth } from "./auth";
import { hashKey } from "./keys";

/** The portal session that a request carries; null when there is none, or it is over. */
export async function findPortalSession(
  auth: Auth,
  headers: Headers,
): Promise<{ customerId: string } | null> {
  const token = readToken(auth, headers);
  return token === null ? null : auth.store.findPortalSession(hashKey(token));
}

/** Ends the portal session that a request carries. Answers the `Set-Cookie` that says so, if there was one. */
export async function endPortalSession(auth: Auth, headers: Headers): Promise<string[]> {
  const token = readToken(auth, headers);
  if (token === null) return [];
  await auth.store.endPortalSession(hashKey(token));
  return [portalCookie(auth, "", 0)];
}

/** A `Set-Cookie` that keeps the token of a portal session. */
export function portalCookie(auth: Auth, token: string, lastsMs: number): string {
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(lastsMs / 1000)}`;
  return `${cookieName(auth)}=${token}; ${attributes}${isSecure(auth) ? "; Secure" : ""}`;
}

const readToken = (auth: Auth, headers: Headers): string | null =>
  parseCookies(headers.get("cookie") ?? "").get(cookieName(auth)) || null;

// Browsers take a cookie marked `__Secure-` only over HTTPS.
const cookieName = (auth: Auth) => `${isSecure(auth) ? "__Secure-" : ""}fanfare.portal`;

const isSecure = (auth: Auth) => auth.env.publicUrl.startsWith("https:");
