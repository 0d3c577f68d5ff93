import type { Cause, Fit } from "../cause";
import type { Look } from "../look";

const isRedirect = (look: Look) => look.status >= 300 && look.status < 400;

/** Answers that send us elsewhere; they are never followed. */
export const redirects: Cause[] = [
  {
    code: "redirect_without_target",
    fits: (look) => isRedirect(look) && look.target === null && "certain",
    meaning: (look) => `Your endpoint answered ${look.status}, a redirect without a usable address.`,
    nextStep: "Enter the URL that finally answers; redirects are never followed.",
    seen: ["304 to a POST, a Location that is no address"],
  },
  {
    code: "https_not_seen",
    fits: httpsNotSeen,
    meaning: (look) =>
      `Your endpoint redirects to the URL that was called (${look.status} to ${look.target?.href}): the application is behind a proxy that ends TLS, and does not know that the request came by https.`,
    nextStep:
      "Let the proxy send X-Forwarded-Proto: https, and let the application trust it. The URL here is right as it is.",
    tellApart: "The application redirects every path like this, and none when it is called past the proxy.",
    seen: [
      "Django 3.2 SECURE_SSL_REDIRECT, Rails 6.1 force_ssl, Express 5.3, Apache 2.4, HAProxy 2.6 behind TLS: 301, 302, 307 or 308 to the same URL",
      "Tomcat 10.1 transport-guarantee CONFIDENTIAL: 302 to the same URL without its port",
    ],
  },
  {
    code: "redirect_after_form",
    fits: (look) =>
      look.isStatus(302, 303) && isSamePlace(look) && (look.isStatus(303) ? "likely" : "possible"),
    meaning: (look) =>
      `What answered handles a form, and shows its page again (${look.status} to the URL that was called).`,
    nextStep: "Use the URL of a handler that answers 2xx itself.",
    tellApart: "Opening the URL in a browser shows a page with a form.",
    seen: ["Pages that redirect after a POST: 302, 303 to themselves"],
  },
  {
    code: "slash_behind_tls",
    fits: (look) =>
      isRedirect(look) && look.target?.protocol === "http:" && differsBySlash(look) && "certain",
    meaning: (look) =>
      `Your endpoint wants ${slashOf(look)} at the end of the path, and does not know that the request came by https (${look.status} to ${look.target?.href}).`,
    nextStep:
      "Use the https URL with that path; and let the proxy send X-Forwarded-Proto: https, and the application trust it.",
    suggestedUrl: (look) => secured(look)?.href ?? null,
    seen: ["Flask 2.2: 308 to http:// with a slash", "FastAPI 0.92: 307 to http:// with or without a slash"],
  },
  {
    code: "redirect_to_error_page",
    fits: (look) => isRedirect(look) && isErrorPage(look) && "certain",
    meaning: (look) => `Your endpoint sent us to an error page (${look.status} to ${look.target?.href}).`,
    nextStep:
      "It is an error that is shown by a redirect, no new address: look for it in the server's log, and check the path of the URL.",
    seen: ["Apache 2.4 ErrorDocument with a full URL: 302", "ASP.NET customErrors: 302 to ?aspxerrorpath="],
  },
  {
    code: "redirect_to_sign_in",
    fits: (look) => isRedirect(look) && isSignIn(look) && "certain",
    meaning: (look) =>
      `Your endpoint sent us to what looks like a sign-in page (${look.status} to ${look.target?.href}).`,
    nextStep: "Let this path through without a session; check the signature instead.",
    seen: ["302 to /login, /session/new, /signup?next=, /?redirect_to=, an OAuth server, Cloudflare Access"],
  },
  {
    code: "redirect_to_http",
    fits: (look) => isRedirect(look) && look.target?.protocol === "http:" && "certain",
    meaning: (look) => `Your endpoint answered ${look.status} to ${look.target?.href}, which is not https.`,
    nextStep: (look) =>
      isMovedPath(look)
        ? "Use that path over https; and let the proxy send X-Forwarded-Proto: https, and the application trust it."
        : "Serve the endpoint over https; redirects are never followed.",
    suggestedUrl: (look) => (isMovedPath(look) ? (secured(look)?.href ?? null) : null),
    seen: ["301 to http://"],
  },
  {
    code: "redirect",
    fits: (look) => isRedirect(look) && (isSamePlace(look) ? "possible" : "certain"),
    meaning: (look) => `Your endpoint answered ${look.status} to ${look.target?.href}`,
    nextStep: "Use that URL: redirects are never followed.",
    tellApart: "That URL answers 2xx.",
    suggestedUrl: (look) => look.target?.href ?? null,
    seen: ["301, 302, 307, 308 to another path or host"],
  },
];

/** Forms too send people back to where they were, by 302 and 303. */
function httpsNotSeen(look: Look): Fit | false {
  if (!isRedirect(look) || !isSamePlace(look) || look.isStatus(303)) return false;
  return look.isStatus(302) || look.target?.port !== look.url?.port ? "likely" : "certain";
}

/** Whether it leads to what was called: the host by whatever port, the path and the query. */
function isSamePlace({ url, target }: Look): boolean {
  if (!url || !target || target.protocol !== "https:") return false;
  return target.hostname === url.hostname && target.pathname === url.pathname && target.search === url.search;
}

function differsBySlash({ url, target }: Look): boolean {
  if (!url || !target || target.hostname !== url.hostname) return false;
  return target.pathname !== url.pathname && bare(target.pathname) === bare(url.pathname);
}

const isMovedPath = ({ url, target }: Look) =>
  target?.hostname === url?.hostname && target?.pathname !== url?.pathname;

/** A path without the slash at its end. */
const bare = (path: string) => (path.endsWith("/") ? path.slice(0, -1) : path);

const slashOf = ({ target }: Look) => (target?.pathname.endsWith("/") ? "a slash" : "no slash");

/** The target by https and the port that was called. */
function secured({ url, target }: Look): URL | null {
  if (!url || !target) return null;
  const found = new URL(target);
  found.protocol = "https:";
  found.port = url.port;
  return found;
}

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

function isErrorPage(look: Look): boolean {
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
function isSignIn(look: Look): boolean {
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
