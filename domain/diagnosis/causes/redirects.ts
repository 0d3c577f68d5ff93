import type { Cause, Fit } from "../cause";
import type { Look } from "../look";
import {
  differsBySlash,
  isErrorPage,
  isHome,
  isInLanguage,
  isInner,
  isMove,
  isOtherSite,
  isSameHost,
  isSamePlace,
  isSignIn,
  isStatusHost,
} from "../redirect-target";

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
    code: "cloudflare_flexible",
    fits: (look) => mayBeHttpsNotSeen(look) && isCloudflare(look) && "likely",
    meaning: (look) =>
      `Cloudflare calls your server by plain http (SSL mode Flexible), and your server sends that to https (${look.status} to ${look.target?.href}): a circle.`,
    nextStep: "Set SSL/TLS at Cloudflare to Full (strict). The URL here is right as it is.",
    tellApart: "SSL/TLS → Overview at Cloudflare says Flexible, and browsers see too many redirects.",
    seen: ["Cloudflare: 301 to the same URL (its documentation, ERR_TOO_MANY_REDIRECTS)"],
  },
  {
    code: "https_rule_for_all",
    fits: (look) => mayBeHttpsNotSeen(look) && look.isPageOfNginx && !isCloudflare(look) && "likely",
    meaning: (look) =>
      `A rule of nginx sends all requests to https, also those that came by it (${look.status} to ${look.target?.href}).`,
    nextStep:
      "Look for return 301 https:// in the server block that already is https, and keep it in the one of port 80 alone.",
    tellApart: "nginx itself takes TLS there; where a balancer does, it is X-Forwarded-Proto.",
    seen: ["nginx 1.22.1 return 301 https://$host$request_uri in a block with listen 443 ssl: 301 to itself"],
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
    fits: (look) => {
      if (look.isStatus(303)) return "likely";
      return look.isStatus(302) && isSamePlace(look) && "possible";
    },
    meaning: (look) =>
      isSamePlace(look)
        ? `What answered handles a form, and shows its page again (${look.status} to the URL that was called).`
        : `What answered handled the event as a form, and then sends to a page (${look.status} to ${look.target?.href}).`,
    nextStep:
      "Check in your application's log whether the event id arrived; and let the handler answer 2xx itself.",
    tellApart: "The application's log has the event id; or opening the URL in a browser shows a form.",
    seen: ["Pages that redirect after a POST: 302, 303 to themselves", "Express 5.3: 303 to /thanks"],
  },
  {
    code: "slash_behind_tls",
    fits: (look) => look.target?.protocol === "http:" && differsBySlash(look) && asMoved(look),
    meaning: (look) =>
      `Your endpoint wants ${slashOf(look)} at the end of the path, and does not know that the request came by https (${look.status} to ${look.target?.href}).`,
    nextStep:
      "Use the https URL with that path; and let the proxy send X-Forwarded-Proto: https, and the application trust it.",
    tellApart: "That path answers 2xx over https.",
    suggestedUrl: (look) => secured(look)?.href ?? null,
    seen: ["Flask 2.2: 308 to http:// with a slash", "FastAPI 0.92: 307 to http:// with or without a slash"],
  },
  {
    code: "redirect_to_error_page",
    fits: (look) => {
      if (!isRedirect(look)) return false;
      return isErrorPage(look) ? "certain" : isStatusHost(look) && "likely";
    },
    meaning: (look) => `Your endpoint sent us to an error page (${look.status} to ${look.target?.href}).`,
    nextStep:
      "It is an error that is shown by a redirect, no new address: look for it in the server's log, and check the path of the URL.",
    tellApart: "Opening the address that it leads to shows what is wrong.",
    seen: [
      "Apache 2.4 ErrorDocument with a full URL: 302",
      "ASP.NET customErrors: 302 to ?aspxerrorpath=",
      "HAProxy 2.6 redirect: 302 to status.example.com",
    ],
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
    code: "redirect_to_inner_address",
    fits: (look) => isRedirect(look) && isInner(look) && "likely",
    meaning: (look) =>
      `The application builds its addresses from the one that it has inside (${look.status} to ${look.target?.href}), where nobody gets from outside.`,
    nextStep:
      "Let the proxy pass the Host header on and rewrite what comes back (ProxyPassReverse), and look for a RewriteRule without [P].",
    tellApart: "The address is in the configuration of the proxy or of the application.",
    seen: ["Apache 2.4 RewriteRule with a full URL and without [P]: 302 to http://127.0.0.1:22001/in"],
  },
  {
    code: "redirect_to_other_site",
    fits: (look) =>
      isRedirect(look) && isOtherSite(look) && !isInner(look) && !look.isStatus(303) && "likely",
    meaning: (look) =>
      `The domain has moved to another one, or was sold (${look.status} to ${look.target?.href}).`,
    nextStep: "Check who answers for the domain now; if your endpoint has moved there, enter its URL there.",
    tellApart: "A page for sale or a new name of the company is what a browser shows.",
    seen: ["Sellers of domains: 302 to a page of theirs"],
  },
  {
    code: "redirect_to_language",
    fits: (look) => isRedirect(look) && isInLanguage(look) && "likely",
    meaning: (look) =>
      `What chooses a language for visitors sends us to a path with one (${look.status} to ${look.target?.href}).`,
    nextStep: "Exempt this path from the language middleware: webhooks have no language.",
    tellApart: "Accept-Language changes where it leads.",
    seen: ["next-intl, i18next: 302, 307 to /en/… (their documentation)", "Express 5.3: 302 to /en/in"],
  },
  {
    code: "redirect_to_home",
    fits: (look) => leadsElsewhere(look) && isHome(look) && "likely",
    meaning: (look) =>
      `Your endpoint sends us to the first page (${look.status} to ${look.target?.href}): nothing takes POST at this path, or something turns the request away as it would a visitor.`,
    nextStep:
      "Look at what redirects there (a session, a validation that goes back, a rule for unknown paths), and let this path answer by itself.",
    tellApart: "The application's log has the event id only if the handler turned it away.",
    seen: ["Laravel: 302 back to / after a validation (its documentation)", "Express 5.3: 302 to /"],
  },
  {
    code: "redirect_to_http",
    fits: (look) => look.target?.protocol === "http:" && isMove(look) && asMoved(look),
    meaning: (look) => `Your endpoint answered ${look.status} to ${look.target?.href}, which is not https.`,
    nextStep: (look) =>
      isMovedPath(look)
        ? "Use that path over https; and let the proxy send X-Forwarded-Proto: https, and the application trust it."
        : "Serve the endpoint over https; redirects are never followed.",
    tellApart: "That path answers 2xx over https.",
    suggestedUrl: (look) => (isMovedPath(look) ? (secured(look)?.href ?? null) : null),
    seen: ["301 to http://"],
  },
  {
    code: "redirect",
    fits: (look) => look.target?.protocol === "https:" && isMove(look) && !isSamePlace(look) && asMoved(look),
    meaning: (look) => `Your endpoint is at another address now (${look.status} to ${look.target?.href}).`,
    nextStep: "Use that URL: redirects are never followed.",
    tellApart: "That URL answers 2xx.",
    suggestedUrl: (look) => withOurPort(look)?.href ?? null,
    seen: ["301, 302, 307, 308 to the same path on another host, with a slash, or below another path"],
  },
  {
    code: "redirect_elsewhere",
    fits: (look) => leadsElsewhere(look) && !isHome(look) && "likely",
    meaning: (look) =>
      `What answered sends us to another path (${look.status} to ${look.target?.href}): the route has moved, or it sends away what it does not know.`,
    nextStep: "Check which URL your handler has, and enter that; redirects are never followed.",
    tellApart: "If the handler is there now, that URL answers 2xx to a POST.",
    suggestedUrl: (look) =>
      isForGood(look) && look.target?.protocol === "https:" ? (withOurPort(look)?.href ?? null) : null,
    seen: ["lighttpd 1.4 url.redirect: 301 to /new/a"],
  },
];

const isCloudflare = (look: Look) => look.server.includes("cloudflare");

/** Forms too send people back to where they were, by 303. */
const mayBeHttpsNotSeen = (look: Look) => isRedirect(look) && isSamePlace(look) && !look.isStatus(303);

function httpsNotSeen(look: Look): Fit | false {
  if (!mayBeHttpsNotSeen(look)) return false;
  const isByProxy = isCloudflare(look) || look.isPageOfNginx;
  return look.isStatus(302) || isByProxy || look.target?.port !== look.url?.port ? "likely" : "certain";
}

/** How sure it is that the handler has moved. */
function asMoved(look: Look): Fit | false {
  if (isInner(look) || isInLanguage(look) || isHome(look) || isStatusHost(look)) return false;
  return isForGood(look) ? "certain" : look.isStatus(302) && "likely";
}

/** To somewhere on the site that is not where the handler is. */
const leadsElsewhere = (look: Look) =>
  isRedirect(look) &&
  look.target !== null &&
  !look.isStatus(303) &&
  !isOtherSite(look) &&
  !isInner(look) &&
  !isInLanguage(look) &&
  !isStatusHost(look) &&
  (!isMove(look) || !look.isStatus(301, 302, 307, 308));

/** 302 is what turns visitors away, too. */
const isForGood = (look: Look) => look.isStatus(301, 307, 308);

const isMovedPath = (look: Look) => isSameHost(look) && look.target?.pathname !== look.url?.pathname;

const slashOf = ({ target }: Look) => (target?.pathname.endsWith("/") ? "a slash" : "no slash");

/** The target by https and the port that was called. */
function secured({ url, target }: Look): URL | null {
  if (!url || !target) return null;
  const found = new URL(target);
  found.protocol = "https:";
  found.port = url.port;
  return found;
}

/** A server behind a balancer knows its name, and not the port that was called. */
const withOurPort = (look: Look) =>
  isSameHost(look) && look.target?.port === "" ? secured(look) : look.target;
