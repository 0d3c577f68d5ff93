import { createHmac } from "node:crypto";
import type { CallHeaders } from "@/server/http/call";
import type { Auth } from "./auth";
import { cookiePath, isSecure } from "./cookies";

/** The portal session that a request carries; null when there is none, or it is over. */
export async function findPortalSession(
  auth: Auth,
  headers: CallHeaders,
): Promise<{ customerId: string } | null> {
  const token = await readToken(auth, headers);
  return token === null ? null : auth.store.findPortalSession(portalHash(auth, token));
}

/** Ends the portal session that a request carries. Answers the `Set-Cookie` that says so, if there was one. */
export async function endPortalSession(auth: Auth, headers: CallHeaders): Promise<string[]> {
  const token = await readToken(auth, headers);
  if (token === null) return [];
  await auth.store.endPortalSession(portalHash(auth, token));
  return [portalCookie(auth, "", 0)];
}

/**
 * What the store keeps of a link's or a session's token. It depends on the platform's key, which made the link,
 * and on the secret of sessions: whoever replaces either ends all that was let in by it.
 */
export function portalHash({ env }: Auth, token: string): string {
  return createHmac("sha256", `${env.authSecret}\0${env.platformApiKey}`).update(token).digest("hex");
}

/** A `Set-Cookie` that keeps the token of a portal session. */
export function portalCookie(auth: Auth, token: string, lastsMs: number): string {
  const attributes = `Path=${cookiePath(auth.env)}; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(lastsMs / 1000)}`;
  return `${cookieName(auth)}=${token}; ${attributes}${isSecure(auth.env) ? "; Secure" : ""}`;
}

async function readToken(auth: Auth, headers: CallHeaders): Promise<string | null> {
  const cookies = headers.get("cookie");
  if (cookies === null) return null;
  const { parseCookies } = await import("better-auth/cookies");
  return parseCookies(cookies).get(cookieName(auth)) || null;
}

// Browsers take a cookie marked `__Secure-` only over HTTPS.
const cookieName = (auth: Auth) => `${isSecure(auth.env) ? "__Secure-" : ""}fanfare.portal`;
