import type { Actor } from "@/domain/audit/actor";
import { accessLimits } from "@/domain/limits";
import type { Auth } from "./auth";
import { newToken } from "./keys";
import { byAnyKey, newTokenHash } from "./platform-token";
import { portalCookie } from "./portal-session";
import { endSessions } from "./sign-out";

const sessionMs = accessLimits.portalSessionMs;

/** The path of a single-use sign-in link to a customer's dashboard; null when there is no such customer. */
export async function createPortalLink(
  auth: Auth,
  customerId: string,
  lastsMs: number,
  by: Actor,
): Promise<{ path: string; expiresAt: number } | null> {
  const { token } = newToken();
  const hash = newTokenHash(auth, token);
  const expiresAt = await auth.store.createPortalLink({ customerId, hash, lastsMs }, by);
  return expiresAt === null ? null : { path: `/portal/${token}`, expiresAt };
}

/** Whether a link could still be used. Looking does not use it up. */
export const isPortalLinkOpen = async (auth: Auth, token: string): Promise<boolean> =>
  (await byAnyKey(auth, token, async (hash) => (await auth.store.isPortalLinkOpen(hash)) || null)) !== null;

/**
 * Uses a link up. Answers the cookies of a portal session, which replaces any other session of this browser;
 * null when the link is unknown, used or over.
 */
export async function redeemPortalLink(
  auth: Auth,
  headers: Headers,
  token: string,
): Promise<{ cookies: string[] } | null> {
  const session = newToken();
  const opens = { sessionHash: newTokenHash(auth, session.token), lastsMs: sessionMs };
  if (!(await byAnyKey(auth, token, (hash) => auth.store.redeemPortalLink({ hash, ...opens })))) return null;
  const ended = await endSessions(auth, headers);
  return { cookies: [...ended, portalCookie(auth, session.token, sessionMs)] };
}
