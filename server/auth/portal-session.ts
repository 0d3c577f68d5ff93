import type { CallHeaders } from "@/server/http/call";
import type { Auth } from "./auth";
import { cookiePath, isSecure, readCookie } from "./cookies";
import { byAnyKey, tokenHashes } from "./platform-token";

/** The portal session that a request carries; null when there is none, or it is over. */
export async function findPortalSession(
  auth: Auth,
  headers: CallHeaders,
): Promise<{ customerId: string } | null> {
  const token = readCookie(headers, cookieName(auth));
  return token === null ? null : byAnyKey(auth, token, auth.store.findPortalSession);
}

/** Ends the portal session that a request carries. Answers the `Set-Cookie` that says so, if there was one. */
export async function endPortalSession(auth: Auth, headers: CallHeaders): Promise<string[]> {
  const token = readCookie(headers, cookieName(auth));
  if (token === null) return [];
  for (const hash of tokenHashes(auth, token)) await auth.store.endPortalSession(hash);
  return [portalCookie(auth, "", 0)];
}

/**
 * A `Set-Cookie` that keeps the token of a portal session. In a frame of another site a cookie is sent only if it says
 * None. Partitioned ones are kept apart for each site that frames us, which is how browsers still take them from there,
 * and how one site's frame knows nothing of another's.
 */
export function portalCookie(auth: Auth, token: string, lastsMs: number): string {
  const isFramed = auth.env.portalFrameAncestors.length > 0;
  const attributes = [
    `Path=${cookiePath(auth.env)}`,
    "HttpOnly",
    `SameSite=${isFramed ? "None" : "Lax"}`,
    `Max-Age=${Math.floor(lastsMs / 1000)}`,
    ...(isFramed || isSecure(auth.env) ? ["Secure"] : []),
    ...(isFramed ? ["Partitioned"] : []),
  ];
  return `${cookieName(auth)}=${token}; ${attributes.join("; ")}`;
}

// Browsers take a cookie marked `__Secure-` only over HTTPS.
const cookieName = (auth: Auth) => `${isSecure(auth.env) ? "__Secure-" : ""}fanfare.portal`;
