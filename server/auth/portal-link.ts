import type { Auth } from "./auth";
import { hashKey, newToken } from "./keys";
import { portalCookie } from "./portal-session";
import { endSessions } from "./sign-out";

/** Contract: a portal session lasts 8 hours. */
const sessionMs = 8 * 60 * 60 * 1000;

/** A single-use sign-in link to a customer's dashboard; null when there is no such customer. */
export async function createPortalLink(
  { store, env }: Auth,
  customerId: string,
  lastsMs: number,
): Promise<{ url: string; expiresAt: number } | null> {
  const { token, hash } = newToken();
  const expiresAt = await store.createPortalLink({ customerId, hash, lastsMs });
  return expiresAt === null ? null : { url: `${env.publicUrl}/portal/${token}`, expiresAt };
}

/** Whether a link could still be used. Looking does not use it up. */
export const isPortalLinkOpen = ({ store }: Auth, token: string) => store.isPortalLinkOpen(hashKey(token));

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
  const redeem = { hash: hashKey(token), sessionHash: session.hash, lastsMs: sessionMs };
  if (!(await auth.store.redeemPortalLink(redeem))) return null;
  const ended = await endSessions(auth, headers);
  return { cookies: [...ended, portalCookie(auth, session.token, sessionMs)] };
}
