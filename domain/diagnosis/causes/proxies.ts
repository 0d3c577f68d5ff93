import type { Cause, Fit } from "../cause";
import type { Look } from "../look";

/** What is over within this was refused or broke at once; what takes longer was at work. */
const atOnceMs = 1_000;

const tookLong = (look: Look) => look.evidence.durationMs >= atOnceMs;

/** Of an answer that nobody but Squid gives. */
const squidError = (look: Look) => look.header("x-squid-error").split(" ")[0] ?? "";

/** What stands between us and the application, and answers in its place. */
export const proxies: Cause[] = [
  {
    code: "proxy_wrong_scheme",
    fits: (look) =>
      look.says(
        "plain http request was sent to https port",
        "speaking plain http to an ssl-enabled server port",
        "client sent an http request to an https server",
        "combination of host and port requires tls",
        "error during ssl handshake with remote server",
      ) && "certain",
    meaning: (look) =>
      look.says("error during ssl handshake")
        ? "The proxy speaks https to your application, whose port there speaks plain http, or has a certificate that the proxy refuses."
        : "The proxy speaks plain http to a port of your application that wants https.",
    nextStep: "Correct the scheme or the port in the proxy's line that names the application.",
    seen: [
      "nginx 1.22: 400 The plain HTTP request was sent to HTTPS port",
      "Apache 2.4: 400 You're speaking plain HTTP to an SSL-enabled server port; 500 Error during SSL Handshake with remote server",
      "Go 1.19: 400 Client sent an HTTP request to an HTTPS server",
      "Tomcat 10.1: 400 This combination of host and port requires TLS",
    ],
  },
  {
    code: "refused_by_proxy",
    fits: refusedByProxy,
    meaning: (look) =>
      `The server in front of your application${named(look)} refuses us by a rule of its own (${look.status}): a list of addresses or methods, or a firewall in it such as ModSecurity.`,
    nextStep:
      "Let POST from our addresses through to this path: allow/deny, Require, limit_except or the ACL there.",
    tellApart: "The application's log has nothing of it; the proxy's error log names the rule.",
    seen: [
      "HAProxy 2.6: 403 Request forbidden by administrative rules",
      "nginx 1.22 deny, limit_except: 403, its own page",
      "Apache 2.4 Require ip, and OWASP CRS 3.3.4 in ModSecurity 2.9.7: 403 You don't have permission to access this resource",
      "Squid 5.7: ERR_ACCESS_DENIED",
      "Envoy: 403 RBAC: access denied (its documentation)",
      "Varnish 7.1: 403",
    ],
  },
  {
    code: "static_files",
    fits: staticFiles,
    meaning: (look) =>
      `What answered${named(look)} serves files, a single-page application or a maintenance page: POST means nothing to it (${look.status}).`,
    nextStep:
      "Check that this path is passed on to your application; and whether the site is in maintenance.",
    tellApart: "The application's log has nothing of it. Opening the URL in a browser shows the page.",
    seen: [
      "nginx 1.22: 405 without Allow (files, try_files … /index.html, a maintenance page by a named location); 403 to a folder without index",
      "Python 3.11 http.server: 501 Unsupported method",
      "GitHub Pages, Amazon S3 websites: 405 (their documentation)",
      "CloudFront: 403 not configured to allow the HTTP request method (its documentation)",
    ],
  },
  {
    code: "request_limit_of_proxy",
    fits: (look) => look.isStatus(503) && look.isPageOfNginx && (look.hasWorked ? "likely" : "possible"),
    meaning:
      "nginx lets fewer requests through than came (limit_req or limit_conn, which answer 503 unless told otherwise).",
    nextStep:
      "Raise the limit for this path, or set limit_req_status 429: then we slow down. Nothing is lost.",
    tellApart: "Others of the same minutes were delivered, and nginx's error log says “limiting requests”.",
    seen: ["nginx 1.22 limit_req without limit_req_status: 503 without Retry-After"],
  },
  {
    code: "proxy_queue_full",
    fits: (look) => look.says(haproxyWords) && (look.hasWorked ? "likely" : "possible"),
    meaning: (look) =>
      `HAProxy held the request back until it gave up (${look.status}): as many as maxconn allows were under way.`,
    nextStep: "Raise maxconn or timeout queue there, or answer sooner: answer 200 first, then work.",
    tellApart: "Others of the same minutes were delivered, and HAProxy's log marks it with sQ.",
    seen: ["HAProxy 2.6 maxconn with timeout queue: 503 No server is available to handle this request"],
  },
  {
    code: "proxy_failed",
    fits: (look) => look.isStatus(500) && look.isPageOfNginx && "likely",
    meaning: "nginx itself failed (500), by its own page: your application may never have seen the request.",
    nextStep: "Look at nginx's error log: a rewrite that leads to itself, auth_request, or a missing file.",
    tellApart: "The application's log has nothing of it.",
    seen: ["nginx 1.22: 500 by auth_request that is down, and by a rewrite cycle"],
  },
  {
    code: "proxy_protocol_to_http",
    fits: (look) => look.isStatus(400) && look.says("invalid http version") && "likely",
    meaning: "A balancer sends the PROXY protocol to your application, which takes its line for HTTP (400).",
    nextStep: "Turn send-proxy or proxy_protocol off there, or let your server expect it.",
    tellApart: "The answer, or the application's log, shows a line that begins with PROXY.",
    seen: ["gunicorn 20.1 behind nginx 1.22 stream and HAProxy 2.6 send-proxy: 400 Invalid HTTP Version"],
  },
  {
    code: "application_too_slow",
    fits: tooSlow,
    meaning: (look) => `A proxy in front of your application waited too long for it (${look.status}).`,
    nextStep: "Answer 200 first and do the work afterwards, in a queue.",
    tellApart: "It comes after seconds, the same number each time: the proxy's timeout.",
    seen: [
      "nginx 1.22, HAProxy 2.6, Caddy 2.6, lighttpd 1.4: 504",
      "Apache 2.4: 502 Error reading from remote server",
      "h2o 2.2: 502 I/O timeout",
      "Go 1.19 TimeoutHandler: 503, a page with the title Timeout",
      "Varnish 7.1: 503 Backend fetch failed",
      "Squid 5.7: 504 ERR_READ_TIMEOUT",
      "Envoy: 504 upstream request timeout (its documentation)",
      "Heroku: 503 Application Error after 30 s, H12 (its documentation)",
    ],
  },
  {
    code: "application_ended_request",
    fits: endedRequest,
    meaning: (look) =>
      `The application, or what runs it, ended the request without an answer (${look.status} of the proxy in front of it).`,
    nextStep:
      "Look for a crash or a worker that was ended for its time or memory in the application's log; answer 200 first, then work.",
    tellApart: "The proxy's error log says that the connection was closed or reset early, not refused.",
    seen: [
      "PHP-FPM 8.2 request_terminate_timeout behind nginx 1.22: 502",
      "HAProxy 2.6: 502 The server returned an invalid or incomplete response",
      "Squid 5.7: 502 ERR_ZERO_SIZE_OBJECT, ERR_READ_ERROR",
      "Google Cloud Run: 503 the HTTP response was malformed or connection to the instance had an error (its documentation)",
    ],
  },
  {
    code: "application_unreachable",
    fits: unreachable,
    meaning: unreachableMeaning,
    nextStep: (look) =>
      look.server.startsWith("awselb")
        ? `Check the target group of ${look.server.slice(0, 60)}; nothing needs to change here.`
        : "Check that the application behind the proxy runs and listens on the expected port; or that the proxy takes what it answers (certificate, protocol, length of headers): its error log names it.",
    tellApart: "The proxy's error log says that the connection was refused, or that a check failed.",
    seen: [
      "nginx 1.22, Caddy 2.6, h2o 2.2: 502",
      "Apache 2.4, lighttpd 1.4, Varnish 7.1: 503",
      "HAProxy 2.6: 503 No server is available to handle this request, also when no use_backend matches",
      "Squid 5.7: 503 ERR_CONNECT_FAIL, later 502",
      "Envoy: 503 no healthy upstream, upstream connect error (its documentation)",
      "Traefik: 503 no available server (its documentation)",
      "http-proxy-middleware 4.2: 504 Error occurred while trying to proxy, at once",
      "Railway: 502 Application failed to respond (its documentation)",
      "AWS load balancers: 502, 503 (their documentation)",
    ],
  },
  {
    code: "gateway_without_route",
    fits: withoutRoute,
    meaning: (look) =>
      `The gateway in front of your application has no rule for this host and path (${look.status}).`,
    nextStep: "Add a rule for this host and path there, for POST too; or correct the URL.",
    tellApart: "The application's log has nothing of it.",
    seen: [
      "Kong: 404 no Route matched with those values (its documentation)",
      "ingress-nginx: 404 default backend - 404 (its documentation)",
      "Traefik: 404 page not found (its documentation)",
      "Envoy: 404 without a body (its documentation)",
      "Amazon API Gateway: 404 Not Found, 403 Missing Authentication Token (its documentation)",
    ],
  },
];

const named = (look: Look) => (look.server === "" ? "" : ` (${look.header("server").slice(0, 60)})`);

const isPageOfApache = (look: Look) =>
  look.says("<title>403 forbidden</title>") && look.says("permission to access");

function refusedByProxy(look: Look): Fit | false {
  if (look.says("request forbidden by administrative rules", "rbac: access denied")) return "certain";
  if (squidError(look) === "ERR_ACCESS_DENIED") return "certain";
  if (!look.isStatus(403)) return false;
  if (look.isPageOfNginx && !look.url?.pathname.endsWith("/")) return "likely";
  if (isPageOfApache(look) || look.says("varnish cache server")) return "likely";
  if (look.isPage && /^(?:lighttpd|squid|h2o)/.test(look.server)) return "likely";
  return look.isPageOfNginx ? "possible" : false;
}

function staticFiles(look: Look): Fit | false {
  if (look.says("not configured to allow the http request method", "unsupported method ('post')"))
    return "certain";
  if (look.says("<code>methodnotallowed</code>") && look.says("not allowed against this resource"))
    return "certain";
  if (look.isStatus(405) && look.server === "github.com") return "certain";
  if (
    look.isStatus(405) &&
    !look.has("allow") &&
    /nginx|openresty|cloudflare|netlify|h2o|ecstatic|caddy/.test(look.server)
  )
    return "likely";
  // A path that ends in a slash is a folder to nginx, which lists none unless told.
  if (look.isStatus(403) && look.isPageOfNginx)
    return look.url?.pathname.endsWith("/") ? "likely" : "possible";
  return false;
}

function tooSlow(look: Look): Fit | false {
  if (
    look.says("the server didn't respond in time", "upstream request timeout", "endpoint request timed out")
  )
    return "certain";
  if (look.isStatus(503) && look.says("<title>timeout</title>")) return "certain";
  if (look.isStatus(502) && look.says("i/o timeout")) return "certain";
  if (squidError(look) === "ERR_READ_TIMEOUT") return "certain";
  if (look.isStatus(503) && look.says("application error")) return tookThirtySeconds(look) && "certain";
  if (look.isStatus(504)) return tookLong(look) ? "likely" : "possible";
  if (look.says("error reading from remote server", "backend fetch failed"))
    return tookLong(look) ? "likely" : "possible";
  return look.isStatus(502) && tookLong(look) && "possible";
}

/** After which Heroku's router gives up (its H12). */
const tookThirtySeconds = (look: Look) => look.evidence.durationMs >= 29_000;

function endedRequest(look: Look): Fit | false {
  if (look.says("connection to the instance had an error")) return "certain";
  if (look.says("returned an invalid or incomplete response")) return "likely";
  if (["ERR_ZERO_SIZE_OBJECT", "ERR_READ_ERROR"].includes(squidError(look))) return "possible";
  if (look.says("error reading from remote server")) return tookLong(look) ? "possible" : "likely";
  return look.isStatus(502) && (tookLong(look) ? "likely" : "possible");
}

function unreachableMeaning(look: Look): string {
  const { status } = look;
  if (look.says(haproxyWords)) {
    return `HAProxy has no server for this request (${status}): the application behind it is down or full, or no rule of HAProxy matches.`;
  }
  return status === 502 || status === 504
    ? `The proxy${named(look)} answered, but could not reach your application (${status}).`
    : `What stands in front of your application${named(look)} has no healthy server to pass requests to (${status}).`;
}

const haproxyWords = "no server is available to handle this request";

function unreachable(look: Look): Fit | false {
  if (
    look.says(
      "no healthy upstream",
      "upstream connect error or disconnect/reset before headers",
      "no available server",
      "application failed to respond",
    )
  ) {
    return "certain";
  }
  if (look.isStatus(502) && look.text === "connection failed") return "certain";
  if (look.says("error occurred while trying to proxy")) return tookLong(look) ? "possible" : "certain";
  if (look.isStatus(504) && !tookLong(look)) return "likely";
  if (["ERR_CONNECT_FAIL", "ERR_CANNOT_FORWARD", "ERR_DNS_FAIL"].includes(squidError(look))) return "certain";
  if (look.isStatus(503) && look.server.startsWith("awselb")) return "certain";
  if (look.says(haproxyWords)) return "likely";
  if (look.says("temporarily unable to service your request", "backend fetch failed"))
    return tookLong(look) ? "possible" : "likely";
  if (look.isStatus(503) && /^(?:lighttpd|varnish|haproxy|envoy|istio-envoy|fly)/.test(look.server))
    return "likely";
  if (look.isStatus(503) && look.isPageOfNginx) return "possible"; // an ingress without endpoints
  return look.isStatus(502) && (tookLong(look) ? "possible" : "likely");
}

function withoutRoute(look: Look): Fit | false {
  if (look.says("no route matched with those values", "default backend - 404", "404 route not found"))
    return "certain";
  if (look.isStatus(404) && look.has("apigw-requestid") && /^\{"message": ?"not found"\}$/.test(look.text))
    return "certain";
  if (look.isStatus(404) && /envoy/.test(look.server) && look.isEmpty) return "likely";
  if (look.isStatus(403) && look.says("missing authentication token")) return "likely";
  return look.isStatus(404) && look.text.trim() === "404 page not found" && "possible";
}
