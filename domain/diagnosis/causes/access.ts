import type { Cause, Fit } from "../cause";
import type { Look } from "../look";

/** Applications that keep us out for another reason than the signature. */
export const access: Cause[] = [
  {
    code: "csrf_protection",
    fits: csrf,
    meaning: (look) =>
      `The CSRF protection of your framework refused the request (${look.status}): it is made for forms of your own pages.`,
    nextStep: "Exempt this one path from CSRF protection, and check the signature there instead.",
    tellApart: "The application's log names the token, or the exception that was raised.",
    seen: [
      "Django 3.2: 403 CSRF verification failed",
      "Rails 6.1: 422 The change you wanted was rejected (also shown for a record that is invalid)",
      "Laravel: 419 Page Expired (its documentation)",
      "Spring Security: 403, its JSON of an error (its documentation)",
      "Jenkins: 403 No valid crumb, WordPress: 403 rest_cookie_invalid_nonce (their documentation)",
      "Phoenix, csurf, Flask-WTF, gorilla/csrf, ASP.NET antiforgery: in their words (their documentation)",
    ],
  },
  {
    code: "host_not_allowed",
    fits: hostNotAllowed,
    meaning: (look) =>
      `Your application refuses the host name of the URL${look.host === "" ? "" : ` (${look.host})`}: it is not on its list.`,
    nextStep:
      "Add the host to its list: ALLOWED_HOSTS, config.hosts, allowedHosts or whatever your framework calls it.",
    tellApart: "The application's log names the host that it did not expect.",
    seen: [
      "Django 3.2 ALLOWED_HOSTS: 400 Bad Request (400); with DEBUG, DisallowedHost",
      "Rails 6.1 config.hosts: 403 without a body; in development, Blocked host",
      "Vite 5.4 allowedHosts: 403 Blocked request. This host is not allowed",
      "webpack-dev-server 5.2 allowedHosts: Invalid Host header",
      "Starlette, Symfony, ASP.NET, Nextcloud: in their words (their documentation)",
    ],
  },
  {
    code: "login_wanted",
    fits: loginWanted,
    meaning: (look) => {
      const scheme = look.header("www-authenticate").split(/[ ,]/)[0]?.slice(0, 20) ?? "";
      const how = scheme === "" ? "" : ` (${scheme})`;
      return `Your endpoint, or what stands in front of it, asks for a login, a token or a key${how}, which webhooks do not send (${look.status}).`;
    },
    nextStep: "Let POST to this path through without that login: the signature says who it is.",
    tellApart: "A WWW-Authenticate header, or its own words, ask for credentials.",
    seen: [
      "nginx 1.22 auth_basic: 401 with WWW-Authenticate: Basic",
      "FastAPI HTTPBearer, Django REST framework, Laravel, Supabase, AWS Lambda URLs, Google Cloud Run, Vercel: in their words (their documentation)",
    ],
  },
  {
    code: "query_parameter_wanted",
    fits: queryParameterWanted,
    meaning: (look) => `Your endpoint requires a parameter in the query of its URL: “${look.words}”.`,
    nextStep: "Add the parameter to the webhook's URL (…?name=value), or make it optional.",
    tellApart: "The handler reads it from the query string, and the URL has none of that name.",
    seen: ["FastAPI 0.92: 422, loc query"],
  },
  {
    code: "header_wanted",
    fits: headerWanted,
    meaning: (look) => `Your endpoint requires a header that we do not send: “${look.words}”.`,
    nextStep: "Make that header optional on this path; what we send is listed with the request.",
    tellApart: "The response names the header, which the request below does not have.",
    seen: ["FastAPI 0.92: 422, loc header"],
  },
];

function queryParameterWanted(look: Look): Fit | false {
  if (!look.isStatus(400, 401, 403, 422)) return false;
  if (/"loc": ?\["query"/.test(look.text)) return "certain";
  if (
    /query (?:string )?param(?:eter)?s?\b[^.{}<>]{0,60}(?:required|missing)|(?:required|missing)[^.{}<>]{0,60}query (?:string )?param/.test(
      look.text,
    )
  )
    return "likely";
  return /token (?:is )?(?:missing|required)|missing token/.test(look.text) && "possible";
}

function headerWanted(look: Look): Fit | false {
  if (!look.isStatus(400, 422)) return false;
  if (/"loc": ?\["header"/.test(look.text)) return "certain";
  return (
    /headers?\b[^.{}<>]{0,40}(?:required|missing)|(?:required|missing)[^.{}<>]{0,40}\bheader/.test(
      look.text,
    ) && "likely"
  );
}

function csrf(look: Look): Fit | false {
  if (look.isStatus(419)) return "certain";
  if (look.status < 400) return false;
  if (csrfWords.test(look.text)) return look.status < 500 ? "certain" : "likely";
  if (!look.isPage && /[cx]srf/.test(look.text)) return "likely";
  if (look.isStatus(422) && look.says("the change you wanted was rejected")) return "likely";
  // Spring's JSON of an error, which names the path and no reason.
  return look.isStatus(403) && /"status":\s*403,\s*"error":\s*"forbidden"/.test(look.text) && "likely";
}

const csrfWords =
  /csrf verification failed|csrf failed|csrf[ -]tokens?|invalid csrf|csrf (?:check|protection|validation|attack|cookie not set)|cross[- ]site request forgery|invalidauthenticitytoken|invalidcsrftoken|antiforgery|anti-forgery|cross-site post form submissions|ebadcsrftoken|no valid crumb|rest_cookie_invalid_nonce|^forbidden - (?:referer|origin)/;

function hostNotAllowed(look: Look): Fit | false {
  if (look.status < 400) return false;
  if (hostWords.test(look.text)) return "certain";
  // Django says no more than this without DEBUG, and to little else.
  if (look.isStatus(400) && look.says("<h1>bad request (400)</h1>")) return "likely";
  return look.isStatus(403) && isBareOfRails(look) && "likely";
}

/** Rails' middleware says nothing in production, before anything gives the answer an id. */
const isBareOfRails = (look: Look) =>
  look.isEmpty && look.header("content-type") === "text/html; charset=UTF-8" && !look.has("x-request-id");

const hostWords =
  /disallowedhost|invalid http_host header|blocked hosts?:|blocked request\. this host|invalid host(?:\/origin)? header|untrusted host|invalid hostname|untrusted domain|host (?:header )?(?:is )?not (?:allowed|permitted|trusted)/;

function loginWanted(look: Look): Fit | false {
  if (look.isStatus(407)) return "certain";
  if (!look.isStatus(400, 401, 403)) return false;
  if (look.has("x-goog-iap-generated-response") || look.says("_vercel_sso", "vercel authentication"))
    return "certain";
  if (loginWords.test(look.text)) return "certain";
  // A handler that checks signatures may send that header, too.
  if (look.isStatus(401) && look.has("www-authenticate"))
    return /signature|hmac/.test(look.text) ? "likely" : "certain";
  return tokenWords.test(look.text) && "likely";
}

/** Whether an answer asks for a login or a token, by a header or in its words. */
export const asksForLogin = (look: Look) =>
  look.has("www-authenticate") || loginWords.test(look.text) || tokenWords.test(look.text);

/** It may be a token of another kind, which a handler was given for its sender. */
const tokenWords =
  /(?:no|missing|invalid|wrong|bad) token|token (?:is )?(?:missing|required|invalid|expired)/;

const loginWords =
  /authentication credentials were not provided|not authenticated|unauthenticated|missing (?:the )?(?:authorization|authentication) header|authorization header (?:is )?(?:missing|required|not)|no authorization|api[ _-]?key|(?:access|bearer|auth) token|jwt|login required|log ?in required|please (?:log|sign) in|must be logged in|does not have permission to get url|authentication (?:is )?required|not (?:logged|signed) in|session (?:has |is )?expired|(?:need|have) to (?:sign|log) in|accessdeniedexception|invalid iap credentials/;
