import { parseUrl } from "@/domain/network/parse-url";
/** Where a person lands who asked for no page in particular. */
export const homePath = "/dashboard";

/** Says that a portal session is over, also in a frame. */
export const overPath = "/portal/over";

/** Invitations are opened by people who belong to no customer yet. */
export const invitePath = "/invite/";

/** Where an operator lands. */
const platformHome = "/platform";

const someOrigin = "https://fanfare.invalid";

/**
 * The page that a person wanted before signing in, from `?to=`: a path on this site, else the dashboard.
 * Browsers read `//evil`, `/\evil` and `/<tab>/evil` as other sites, and `/.//evil` becomes one of them.
 */
export function returnPath(to: unknown): string {
  const target = typeof to === "string" && to.startsWith("/") ? parseUrl(to, someOrigin) : null;
  if (!target) return homePath;
  const { origin, pathname, search, hash } = target;
  return origin === someOrigin && !pathname.startsWith("//") ? `${pathname}${search}${hash}` : homePath;
}

/** The same for an operator: a page of /platform. */
export function platformPath(to: unknown): string {
  const path = returnPath(to);
  return /^\/platform(?=$|[/?#])/.test(path) ? path : platformHome;
}

/** The sign-in page, and back to `path` after it. */
export const signInPath = (path: string) => `/sign-in?to=${encodeURIComponent(path)}`;
