import type { Actor } from "@/domain/audit/actor";
import { accessLimits } from "@/domain/limits";
import type { Auth } from "./auth";
import { newToken } from "./keys";
import { portalCookie, portalHash } from "./portal-session";
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
  const hash = portalHash(auth, token);
  const expiresAt = await auth.store.createPortalLink({ customerId, hash, lastsMs }, by);
  return expiresAt === null ? null : { path: `/portal/${token}`, expiresAt };
}

/** Whether a link could still be used. Looking does not use it up. */
export const isPortalLinkOpen = (auth: Auth, token: string) =>
  auth.store.isPortalLinkOpen(portalHash(auth, token));

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
  const sessionHash = portalHash(auth, session.token);
  const redeem = { hash: portalHash(auth, token), sessionHash, lastsMs: sessionMs };
  if (!(await auth.store.redeemPortalLink(redeem))) return null;
  const ended = await endSessions(auth, headers);
  return { cookies: [...ended, portalCookie(auth, session.token, sessionMs)] };
}
