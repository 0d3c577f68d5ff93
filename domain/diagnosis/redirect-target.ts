import type { Look } from "./look";
import { isInnerHost, siteOf } from "./site";

// Where a redirect leads, seen from the URL that was called.

/** Whether it leads to what was called: the host by whatever port, the path and the query. */
export function isSamePlace({ url, target }: Look): boolean {
  if (!url || !target || target.protocol !== "https:") return false;
  return target.hostname === url.hostname && target.pathname === url.pathname && target.search === url.search;
}

export const isSameHost = ({ url, target }: Look) => target?.hostname === url?.hostname;

/** Whether the path alone differs, and that by the slash at its end. */
export function differsBySlash(look: Look): boolean {
  const { url, target } = look;
  if (!url || !target || !isSameHost(look)) return false;
  return target.pathname !== url.pathname && bare(target.pathname) === bare(url.pathname);
}

/** Whether the same handler is probably there: at the same path of the site, or at that path below another. */
export function isMove({ url, target }: Look): boolean {
  if (!url || !target || isOfOtherSite(url, target)) return false;
  const [before, after] = [bare(url.pathname.toLowerCase()), bare(target.pathname.toLowerCase())];
  return after === before || (before !== "" && after.endsWith(before));
}

/** Whether another owner's site answers for it now. */
export const isOtherSite = ({ url, target }: Look) =>
  url !== null && target !== null && isOfOtherSite(url, target);

/** A host on the inside belongs to no site, and may lead to its name outside. */
const isOfOtherSite = (url: URL, target: URL) =>
  !isInnerHost(hostOf(url)) && siteOf(target.hostname) !== siteOf(url.hostname);

/** Whether it leads to an address that means something on the inside only, from one that is known outside. */
export const isInner = ({ url, target }: Look) =>
  url !== null && target !== null && !isInnerHost(hostOf(url)) && isInnerHost(hostOf(target));

/** Without the brackets of an IPv6 address. */
const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, "");

/** Whether it leads to the first page of the site, from somewhere else. */
export const isHome = ({ url, target }: Look) => target?.pathname === "/" && url?.pathname !== "/";

const languages =
  /^\/(?:ar|cs|da|de|el|en|es|et|fi|fr|he|hi|hr|hu|it|ja|ko|lt|lv|nb|nl|no|pl|pt|ro|ru|sk|sl|sv|th|tr|uk|vi|zh)(?:[-_][a-z]{2,4})?(?=\/|$)/i;

/** Whether it leads to the same path, or to the first page, in a language. */
export function isInLanguage({ url, target }: Look): boolean {
  if (!url || !target || languages.test(url.pathname)) return false;
  if (!languages.test(target.pathname)) return false;
  return ["", bare(url.pathname)].includes(bare(target.pathname.replace(languages, "")));
}

/** A path without the slash at its end. */
const bare = (path: string) => (path.endsWith("/") ? path.slice(0, -1) : path);

const segmentsOf = (url: URL) => url.pathname.toLowerCase().split("/").filter(Boolean);

/** Of the path that it leads to, what was not in the URL. */
function newSegments({ url, target }: Look): string[] {
  const before = new Set(url ? segmentsOf(url) : []);
  return target ? segmentsOf(target).filter((segment) => !before.has(segment)) : [];
}

const errorWords =
  /^(?:errors?|error-?page|oops|maintenance|unavailable|not-?found|forbidden|blocked)(?:\.\w{2,5})?$/;
/** Elsewhere in a path a number may be anybody's. */
const lastErrorWord = /^[45]\d\d(?:\.\w{2,5})?$/;

export function isErrorPage(look: Look): boolean {
  const { target } = look;
  if (!target) return false;
  const segments = newSegments(look);
  const last = segmentsOf(target).at(-1) ?? "";
  return (
    target.searchParams.has("aspxerrorpath") ||
    segments.some((segment) => errorWords.test(plain(segment))) ||
    (segments.includes(last) && lastErrorWord.test(last))
  );
}

/** Whether it leads to a host that tells how a service is. */
export const isStatusHost = (look: Look) =>
  !isSameHost(look) && /^(?:status|maintenance|errors?)\./.test(look.target?.hostname ?? "");

/** Segments are compared with underlines as hyphens. */
const plain = (word: string) => word.toLowerCase().replaceAll("_", "-");

const signInWords =
  /^(?:log-?in|log-?on|sign-?in|sign-?on|sign-?up|oauth2?|authorize|sso|saml2?|oidc|account-?login|wp-login\.php)(?:\.\w{2,5})?$/;
/** Of moved paths too, so that they tell nothing where the move is for good. */
const weakSignInWords = /^(?:auth|sessions?|register|cas)$/;
const returnParameters =
  /^(?:next|return|return-?to|return-?url|redirect|redirect-?to|redirect-?ur[il]|continue|dest(?:ination)?|from|back-?to|service|goto|rd|samlrequest)$/;
const signInHosts = [
  ".cloudflareaccess.com",
  "accounts.google.com",
  "login.microsoftonline.com",
  ".okta.com",
  ".auth0.com",
];

/** By whole segments of the path: `/authors` is no sign-in. A parameter that leads back is a sign of one too. */
export function isSignIn(look: Look): boolean {
  const { target, url } = look;
  if (!target) return false;
  const segments = newSegments(look).map(plain);
  if (segments.some((segment) => signInWords.test(segment))) return true;
  if (/sessions?-new$/.test(segments.join("-"))) return true;
  if (!look.isStatus(301, 308) && segments.some((segment) => weakSignInWords.test(segment))) return true;
  if (signInHosts.some((host) => target.hostname === host || target.hostname.endsWith(host))) return true;
  if (/^(?:login|auth|sso|accounts?|idp|signin)\./.test(target.hostname) && target.hostname !== url?.hostname)
    return true;
  return [...target.searchParams].some(
    ([name, value]) => returnParameters.test(plain(name)) && leadsBack(value, url),
  );
}

const leadsBack = (value: string, url: URL | null) =>
  url !== null && (value.startsWith(url.pathname) || value.includes(url.hostname));
