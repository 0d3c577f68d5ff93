import { expect, test } from "vitest";
import { causes } from "./causes";
import { diagnose } from "./diagnose";
import type { Evidence, History } from "./evidence";
import { answered } from "./evidence.fixture";
import { hintOf, hints } from "./hints";

/*
 * What is documented of servers and frameworks that the zoo does not run, and further words of those that it does:
 * rules go by kind, not by the words of one server.
 */

type Back = [name: string, status: number, headers: Evidence["headers"], body: string];

const evidenceOf = (status: number, headers: Evidence["headers"], body: string): Evidence => ({
  ...answered(status, headers),
  body,
});

const json = { "content-type": "application/json" };
const html = { "content-type": "text/html; charset=utf-8" };
const page = (title: string, words = "") =>
  `<!DOCTYPE html>\n<html><head><title>${title}</title></head>\n<body><h1>${title}</h1>${words}</body></html>`;

test.each<[...Back, code: string]>([
  // CSRF
  ["Laravel", 419, html, page("Page Expired"), "csrf_protection"],
  ["Laravel's JSON", 419, json, '{"message":"CSRF token mismatch."}', "csrf_protection"],
  ["Django REST framework", 403, json, '{"detail":"CSRF Failed: CSRF cookie not set."}', "csrf_protection"],
  ["csurf", 403, html, page("Error", "<pre>ForbiddenError: invalid csrf token</pre>"), "csrf_protection"],
  ["gorilla/csrf", 403, {}, "Forbidden - CSRF token not found in request\n", "csrf_protection"],
  ["Flask-WTF", 400, html, page("400 Bad Request", "<p>The CSRF token is missing.</p>"), "csrf_protection"],
  [
    "Phoenix",
    403,
    {},
    "invalid CSRF (Cross Site Request Forgery) token, make sure all requests include a valid one",
    "csrf_protection",
  ],
  ["ASP.NET", 400, json, '{"title":"The required antiforgery cookie is not present."}', "csrf_protection"],
  [
    "Spring Security",
    403,
    json,
    '{"timestamp":"2026-11-27T10:00:00.000+00:00","status":403,"error":"Forbidden","path":"/in"}',
    "csrf_protection",
  ],
  // Lists of hosts
  ["webpack", 403, {}, "Invalid Host header", "host_not_allowed"],
  ["Starlette", 400, {}, "Invalid host header", "host_not_allowed"],
  ["IIS", 400, html, page("Bad Request", "<h2>Bad Request - Invalid Hostname</h2>"), "host_not_allowed"],
  ["Symfony", 400, json, '{"detail":"Untrusted Host \\"x.example\\"."}', "host_not_allowed"],
  ["Angular", 403, {}, 'Blocked request. This host ("a.example") is not allowed.', "host_not_allowed"],
  // Signatures
  ["words of its own", 401, json, '{"error":"Signature verification failed"}', "signature_refused"],
  ["words in text/html", 400, html, "Webhook Error: HMAC mismatch", "signature_refused"],
  ["a key", 403, json, '{"code":"invalid_signature"}', "signature_refused"],
  ["a digest", 401, {}, "digest does not match", "signature_refused"],
  ["standardwebhooks", 400, {}, "No matching signature found", "signature_refused"],
  ["no header", 400, {}, "missing X-Signature header", "signature_refused"],
  ["standardwebhooks' time", 400, {}, "Message timestamp too old", "timestamp_refused"],
  ["a tolerance", 403, json, '{"error":"Timestamp outside the tolerance zone"}', "timestamp_refused"],
  ["a replay", 400, json, '{"message":"replay detected"}', "timestamp_refused"],
  ["an expired signature", 401, json, '{"error":"signature expired"}', "timestamp_refused"],
  [
    "Stripe's library",
    400,
    html,
    "Webhook Error: Unable to extract timestamp and signatures from header",
    "other_sender_expected",
  ],
  ["GitHub's", 401, {}, "Missing X-Hub-Signature-256", "other_sender_expected"],
  ["Shopify's", 401, json, '{"error":"x-shopify-hmac-sha256 header required"}', "other_sender_expected"],
  // Logins
  ["Basic", 401, { "www-authenticate": 'Basic realm="x"' }, "", "login_wanted"],
  ["FastAPI's bearer", 403, json, '{"detail":"Not authenticated"}', "login_wanted"],
  ["Laravel's guard", 401, json, '{"message":"Unauthenticated."}', "login_wanted"],
  ["an API key", 403, json, '{"error":"API key required"}', "login_wanted"],
  ["Supabase", 401, json, '{"msg":"Error: Missing authorization header"}', "login_wanted"],
  [
    "Cloud Run",
    403,
    html,
    page(
      "403 Forbidden",
      "<h2>Your client does not have permission to get URL <code>/in</code> from this server.</h2>",
    ),
    "login_wanted",
  ],
  // Cloudflare
  [
    "a challenge",
    403,
    { server: "cloudflare", "cf-mitigated": "challenge" },
    page("Just a moment..."),
    "cloudflare_blocked",
  ],
  ["its firewall", 403, { server: "cloudflare" }, "error code: 1020", "cloudflare_blocked"],
  ["its limit", 429, { server: "cloudflare" }, "error code: 1015", "cloudflare_rate_limit"],
  [
    "its tunnel",
    530,
    { server: "cloudflare" },
    page("Cloudflare Tunnel error | 1033"),
    "cloudflare_tunnel_down",
  ],
  ["a 522", 522, { server: "cloudflare" }, "", "cloudflare_connect_timeout"],
  // Firewalls
  [
    "Akamai",
    403,
    { server: "AkamaiGHost" },
    page("Access Denied", "Reference&#32;&#35;18.2d351ab8"),
    "firewall_blocked",
  ],
  [
    "CloudFront",
    403,
    { server: "CloudFront" },
    page("ERROR: The request could not be satisfied", "Request blocked."),
    "firewall_blocked",
  ],
  [
    "Imperva",
    403,
    html,
    '<html><head></head><body><iframe src="/_Incapsula_Resource?x=1"></iframe></body></html>',
    "firewall_blocked",
  ],
  ["Sucuri", 403, html, page("Sucuri WebSite Firewall - Access Denied"), "firewall_blocked"],
  [
    "Azure",
    403,
    { server: "Microsoft-Azure-Application-Gateway/v2" },
    page("403 Forbidden"),
    "firewall_blocked",
  ],
  // Platforms and tunnels
  ["ngrok, offline", 404, { "ngrok-error-code": "ERR_NGROK_3200" }, "", "tunnel_down"],
  ["ngrok, no application", 502, { "ngrok-error-code": "ERR_NGROK_8012" }, "", "tunnel_without_application"],
  ["localtunnel", 503, {}, "503 - Tunnel Unavailable", "tunnel_down"],
  ["Vercel, no deployment", 404, { "x-vercel-error": "DEPLOYMENT_NOT_FOUND" }, "", "deployment_missing"],
  ["Vercel, too slow", 504, { "x-vercel-error": "FUNCTION_INVOCATION_TIMEOUT" }, "", "function_timed_out"],
  ["Vercel, failed", 500, { "x-vercel-error": "FUNCTION_INVOCATION_FAILED" }, "", "function_failed"],
  [
    "Railway, none",
    404,
    json,
    '{"status":"error","code":404,"message":"Application not found"}',
    "deployment_missing",
  ],
  [
    "Railway, down",
    502,
    json,
    '{"status":"error","code":502,"message":"Application failed to respond"}',
    "application_unreachable",
  ],
  ["Heroku", 503, html, page("Application error"), "function_failed"],
  ["Heroku, none", 404, html, page("Heroku | No such app"), "deployment_missing"],
  [
    "Azure, stopped",
    403,
    html,
    page("Web App - Unavailable", "Error 403 - This web app is stopped."),
    "deployment_stopped",
  ],
  ["Cloud Run, full", 429, {}, "Rate exceeded.", "platform_has_no_instance"],
  [
    "API Gateway, key",
    403,
    { "x-amzn-errortype": "ForbiddenException" },
    '{"message":"Forbidden"}',
    "gateway_forbids",
  ],
  [
    "API Gateway, route",
    403,
    { "x-amzn-errortype": "MissingAuthenticationTokenException" },
    '{"message":"Missing Authentication Token"}',
    "gateway_without_route",
  ],
  [
    "API Gateway, slow",
    504,
    { "x-amzn-requestid": "1" },
    '{"message": "Endpoint request timed out"}',
    "application_too_slow",
  ],
  [
    "API Gateway, failed",
    502,
    { "x-amzn-requestid": "1" },
    '{"message": "Internal server error"}',
    "function_failed",
  ],
  // Gateways
  ["Envoy, none healthy", 503, { server: "envoy" }, "no healthy upstream", "application_unreachable"],
  [
    "Envoy, refused",
    503,
    { server: "istio-envoy" },
    "upstream connect error or disconnect/reset before headers. reset reason: connection failure",
    "application_unreachable",
  ],
  ["Envoy, slow", 504, { server: "envoy" }, "upstream request timeout", "application_too_slow"],
  ["Istio", 403, { server: "istio-envoy" }, "RBAC: access denied", "refused_by_proxy"],
  ["Kong", 404, json, '{"message":"no Route matched with those values"}', "gateway_without_route"],
  ["ingress-nginx", 404, {}, "default backend - 404", "gateway_without_route"],
  ["Traefik, none", 503, {}, "no available server", "application_unreachable"],
  [
    "AWS's balancer",
    503,
    { server: "awselb/2.0" },
    page("503 Service Temporarily Unavailable"),
    "application_unreachable",
  ],
  ["Squid", 503, { "x-squid-error": "ERR_CONNECT_FAIL 111" }, "", "application_unreachable"],
  // Contents
  ["Laravel's validator", 422, json, '{"message":"The payload field is required."}', "field_wanted"],
  [
    "class-validator",
    400,
    json,
    '{"statusCode":400,"message":["event should not be empty"],"error":"Bad Request"}',
    "field_wanted",
  ],
  [
    "Pydantic 2",
    422,
    json,
    '{"detail":[{"type":"missing","loc":["body","event"],"msg":"Field required"}]}',
    "field_wanted",
  ],
  [
    "a field called signature",
    422,
    json,
    '{"detail":[{"type":"missing","loc":["body","signature"],"msg":"Field required"}]}',
    "field_wanted",
  ],
  ["Joi", 400, json, '{"message":"\\"event\\" is required"}', "field_wanted"],
  [
    "Zod",
    400,
    json,
    '{"issues":[{"code":"unrecognized_keys","message":"Unrecognized key: \\"created_at\\""}]}',
    "extra_field_refused",
  ],
  [
    "Pydantic, forbid",
    422,
    json,
    '{"detail":[{"type":"extra_forbidden","msg":"Extra inputs are not permitted"}]}',
    "extra_field_refused",
  ],
  [
    "body-parser",
    400,
    html,
    page("Error", "<pre>SyntaxError: Unexpected token h in JSON at position 1</pre>"),
    "body_unreadable",
  ],
  ["Spring's parser", 400, json, '{"message":"JSON parse error: Unexpected character"}', "body_unreadable"],
  [
    "a limit in words",
    500,
    html,
    page("Error", "<pre>PayloadTooLargeError: request entity too large</pre>"),
    "body_too_large",
  ],
  ["a limit of requests", 403, json, '{"error":"Rate limit exceeded"}', "rate_limited"],
  // Routes
  ["Express", 404, html, page("Error", "<pre>Cannot POST /in</pre>"), "no_post_route"],
  [
    "Rails in development",
    404,
    html,
    page("Action Controller: Exception caught", 'No route matches [POST] "/in"'),
    "no_post_route",
  ],
  ["Laravel's method", 405, { allow: "GET, HEAD" }, page("Method Not Allowed"), "post_not_allowed"],
  [
    "Hono, no answer",
    500,
    {},
    "Context is not finalized. Did you forget to return a Response object?",
    "handler_without_answer",
  ],
  [
    "a bucket's site",
    405,
    { server: "AmazonS3" },
    "<Error><Code>MethodNotAllowed</Code><Message>The specified method is not allowed against this resource.</Message></Error>",
    "static_files",
  ],
  ["GitHub Pages", 405, { server: "GitHub.com" }, page("405 Not Allowed"), "static_files"],
  // Failures
  ["a record", 404, json, '{"error":"Customer not found"}', "record_not_found"],
  ["Django's record", 404, json, '{"detail":"No Customer matches the given query."}', "record_not_found"],
  [
    "n8n",
    404,
    json,
    '{"code":404,"message":"The requested webhook \\"POST in\\" is not registered."}',
    "automation_not_listening",
  ],
  [
    "Express, no parser",
    500,
    html,
    page("Error", "<pre>TypeError: Cannot read properties of undefined (reading &#39;id&#39;)</pre>"),
    "field_not_there",
  ],
  [
    "WordPress",
    503,
    html,
    page("Maintenance", "Briefly unavailable for scheduled maintenance."),
    "maintenance",
  ],
  ["a path", 404, json, '{"detail":"Not Found"}', "nothing_at_path"],
  // Other endpoints
  [
    "a bucket",
    403,
    { server: "AmazonS3" },
    '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    "object_storage",
  ],
  ["gorilla/websocket", 400, { "sec-websocket-version": "13" }, "Bad Request\n", "websocket_endpoint"],
  ["Socket.IO", 400, json, '{"code":0,"message":"Transport unknown"}', "websocket_endpoint"],
  [
    "Apollo",
    400,
    json,
    '{"errors":[{"message":"GraphQL operations must contain a non-empty `query`"}]}',
    "graphql_endpoint",
  ],
  ["gRPC", 415, { "content-type": "application/grpc" }, "", "grpc_endpoint"],
  [
    "SOAP",
    500,
    { "content-type": "text/xml" },
    '<soap:Envelope xmlns:soap="x"><soap:Body><soap:Fault/></soap:Body></soap:Envelope>',
    "soap_endpoint",
  ],
  ["Slack", 400, {}, "invalid_payload", "chat_webhook"],
  ["Discord", 400, json, '{"message":"Cannot send an empty message","code":50006}', "chat_webhook"],
  // Statuses
  ["large headers", 431, {}, "", "headers_refused"],
  ["a condition", 428, {}, "", "precondition_wanted"],
  ["the law", 451, {}, "", "legally_unavailable"],
])("%s: %i", (_, status, headers, body, code) => {
  expect(diagnose(evidenceOf(status, headers, body)).code).toBe(code);
});

test.each<Back>([
  ["a bare 400", 400, {}, ""],
  ["a bare 401", 401, {}, ""],
  ["a bare 403", 403, {}, ""],
  ["a bare 404", 404, {}, ""],
  ["a bare 500", 500, {}, ""],
  ["a bare 502", 502, {}, ""],
  ["a bare 503", 503, {}, ""],
  ["a payment", 402, {}, ""],
  ["a token of some kind", 403, json, '{"error":"invalid token"}'],
  ["a form, or https that was not seen", 302, { location: "https://hooks.example.com/in" }, ""],
  [
    "a 403 of an application behind Cloudflare",
    403,
    { server: "cloudflare", ...json },
    '{"error":"forbidden"}',
  ],
  [
    "nginx's 403",
    403,
    { server: "nginx" },
    "<html><center><h1>403 Forbidden</h1></center><hr><center>nginx</center>",
  ],
  ["nginx's 503", 503, { server: "nginx" }, "<html><center><h1>503</h1></center><hr><center>nginx</center>"],
  ["Rails' 422, which is also a record's", 422, html, page("The change you wanted was rejected (422)")],
  ["Koa's 404", 404, {}, "Not Found"],
  ["Go's and Traefik's 404", 404, {}, "404 page not found\n"],
  [
    "a stack that passes by a signature",
    500,
    html,
    page("TypeError", "at verifySignature (app.js:1) signature is not a string"),
  ],
])("%s has more than one cause, and none is certain", (_, status, headers, body) => {
  const { confidence, causes: shared } = diagnose(evidenceOf(status, headers, body));
  expect(confidence).toBe("likely");
  expect(shared.filter(({ tellApart }) => tellApart === null)).toEqual([]);
});

const redirected = (location: string, url = "https://hooks.example.com/in") =>
  diagnose({ ...answered(301, { location }), url });

test.each<[string, string, string, string | null]>([
  ["https://hooks.example.com/in", "https://hooks.example.com/in", "https_not_seen", null],
  ["https://hooks.example.com/in?a=1", "https://hooks.example.com/in?a=1", "https_not_seen", null],
  ["https://hooks.example.com:8443/in", "https://hooks.example.com/in", "https_not_seen", null],
  [
    "https://hooks.example.com/in",
    "http://hooks.example.com/in/",
    "slash_behind_tls",
    "https://hooks.example.com/in/",
  ],
  [
    "https://hooks.example.com/in/",
    "http://hooks.example.com/in",
    "slash_behind_tls",
    "https://hooks.example.com/in",
  ],
  ["https://hooks.example.com/in", "/in/", "redirect", "https://hooks.example.com/in/"],
  ["https://hooks.example.com/in", "https://www.example.com/errors/404.html", "redirect_to_error_page", null],
  ["https://hooks.example.com/in", "/maintenance", "redirect_to_error_page", null],
  ["https://hooks.example.com/in", "/session/new", "redirect_to_sign_in", null],
  ["https://hooks.example.com/in", "/?redirect_to=%2Fin", "redirect_to_sign_in", null],
  ["https://hooks.example.com/in", "/Account/Login?ReturnUrl=%2Fin", "redirect_to_sign_in", null],
  [
    "https://hooks.example.com/in",
    "https://northwind.cloudflareaccess.com/cdn-cgi/access/login/x",
    "redirect_to_sign_in",
    null,
  ],
  ["https://hooks.example.com/in", "https://login.example.com/", "redirect_to_sign_in", null],
  [
    "https://hooks.example.com/auth/hooks",
    "/auth/hooks/",
    "redirect",
    "https://hooks.example.com/auth/hooks/",
  ],
  [
    "https://hooks.example.com/authors/in",
    "/authors/in/",
    "redirect",
    "https://hooks.example.com/authors/in/",
  ],
  [
    "https://hooks.example.com/process/in",
    "/process/in/",
    "redirect",
    "https://hooks.example.com/process/in/",
  ],
  ["https://example.com/in", "https://www.example.com/in", "redirect", "https://www.example.com/in"],
  ["https://example.com/in", "http://www.example.com/in", "redirect_to_http", null],
  [
    "https://hooks.example.com/in",
    "http://hooks.example.com/v2/in",
    "redirect_to_http",
    "https://hooks.example.com/v2/in",
  ],
  [
    "https://hooks.example.com/in",
    "/v2/auth/in?from=v1",
    "redirect",
    "https://hooks.example.com/v2/auth/in?from=v1",
  ],
  [
    "https://hooks.example.com/in",
    "/customers/404/in",
    "redirect",
    "https://hooks.example.com/customers/404/in",
  ],
])("%s that redirects to %s", (url, location, code, suggestedUrl) => {
  const found = redirected(location, url);
  expect([found.code, found.suggestedUrl]).toEqual([code, suggestedUrl]);
});

const after = (...statuses: number[]): History => ({
  earlier: statuses.map((statusCode) => ({
    statusCode,
    errorCode: statusCode === 200 ? null : "http_status",
    isReused: false,
    durationMs: 20,
  })),
  others: [],
});

test.each<[string, History, string]>([
  ["a 500", after(500), "stored_before_done"],
  ["a 500 and a 409", after(409, 500), "stored_before_done"],
  ["nothing", after(), "conflict"],
  ["a delivery", after(200), "conflict"],
])("a 409 after %s", (_, history, code) => {
  const found = diagnose({ ...answered(409), history });
  expect(found.code).toBe(code);
});

test("a 502 at once is no application that is slow", () => {
  const later = { ...answered(502), durationMs: 4_000 };
  expect([diagnose(answered(502)).code, diagnose(later).code]).toEqual([
    "application_unreachable",
    "application_ended_request",
  ]);
});

test("the address of a chat is known by its host", () => {
  const url = "https://hooks.slack.com/services/T0/B0/x";
  expect(diagnose({ ...answered(403), url }).meaning).toMatch(/of Slack for messages/);
});

test("refusals of the signature lead to its helper, and never to taking the check off", () => {
  for (const words of ["invalid signature", "timestamp too old", "x-hub-signature missing"]) {
    const found = diagnose(evidenceOf(401, {}, words));
    expect(found.isAboutSignature).toBe(true);
    expect(found.nextStep).not.toMatch(/take .*off|disable|exempt/i);
  }
});

const delivered = (headers: Evidence["headers"], body: string, status = 200): Evidence => ({
  ...answered(status, headers),
  error: null,
  body,
});

test.each<[string, Evidence["headers"], string, string | null]>([
  ["nothing", {}, "", null],
  ["nothing, behind Caddy", { server: "Caddy", "x-powered-by": "Express" }, "", null],
  ["ok", { "content-type": "text/html" }, "ok", null],
  ["JSON", json, '{"received":true}', null],
  ["JSON with no error", json, '{"error":null,"signature":"valid"}', null],
  ["an unparsed body", json, "{}", null],
  ["a page", html, page("Welcome"), "looks_like_page"],
  ["a refusal", {}, "Unauthorized", "says_refused"],
  ["a refusal in JSON", json, '{"error":"Invalid signature"}', "says_refused"],
  [
    "a refusal of F5",
    html,
    page("Request Rejected", "The requested URL was rejected. Please consult with your administrator."),
    "says_refused",
  ],
  [
    "an error of PHP",
    html,
    "<br />\n<b>Fatal error</b>:  Uncaught Error: Call to undefined function f()",
    "says_error",
  ],
  ["an error of Python", {}, "Traceback (most recent call last):\n  File", "says_error"],
  ["Caddy alone", { server: "Caddy", date: "x", "content-length": "0" }, "", "empty_answer_of_caddy"],
])("a 200 with %s", (_, headers, body, code) => {
  expect(hintOf(delivered(headers, body))?.code ?? null).toBe(code);
});

test("an attempt that failed has no hint", () => {
  expect(hintOf(evidenceOf(500, html, page("Error")))).toBeNull();
});

test("each cause has a code of its own, and was seen somewhere", () => {
  const all = [...causes, ...hints];
  expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
  expect(all.filter(({ seen }) => seen.length === 0)).toEqual([]);
});
