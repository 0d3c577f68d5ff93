import { expect, test } from "vitest";
import { type ErrorCode, errorCodes, type FailureDetail } from "../delivery/outcome";
import { diagnose } from "./diagnose";
import type { Evidence } from "./evidence";
import { answered, engineWords, unanswered } from "./evidence.fixture";
import type { RotationBefore } from "./rotation";

const tlsTrouble = (detail: FailureDetail) => unanswered("tls_error", detail);

test.each<[string, Evidence, RegExp, RegExp]>([
  ["a 400", answered(400), /did not accept/, /body below/],
  ["a 401", answered(401), /most often it is the signature/, /secret/],
  ["a 403", answered(403), /firewall/, /CSRF/],
  ["a 403 of Cloudflare", answered(403, { server: "cloudflare" }), /Cloudflare blocked/, /bot protection/],
  ["a 404", answered(404), /nothing at this path/, /route/],
  ["a 405", answered(405), /does not take POST/, /Accept POST/],
  ["a 410", answered(410), /gone for good/, /switch the webhook on/],
  ["a 413", answered(413), /larger/, /256 KiB/],
  ["a 415", answered(415), /JSON/, /application\/json/],
  ["a 418", answered(418), /^Your endpoint answered 418\.$/, /response below/],
  ["a 422", answered(422), /refused its content/, /validation/],
  ["a 429", answered(429), /more than it allows/, /Nothing is lost/],
  ["a 429 that says how long", answered(429, { "retry-after": "30" }), /Retry-After: 30/, /wait as asked/],
  ["a 500", answered(500), /failed while handling/, /log/],
  ["a 502", answered(502), /proxy/, /runs and listens/],
  ["a 502 of nginx", answered(502, { server: "nginx/1.24.0" }), /nginx\/1\.24\.0.*could not reach/, /port/],
  ["a 503", answered(503), /unavailable/, /deploying/],
  [
    "a 503 of AWS",
    answered(503, { server: "awselb/2.0" }),
    /no healthy server/,
    /target group of awselb\/2\.0/,
  ],
  [
    "a 504 of nginx",
    answered(504, { server: "nginx" }, "", { durationMs: 60_000 }),
    /waited too long/,
    /queue/,
  ],
  ["a 521 of Cloudflare", answered(521, { server: "cloudflare" }), /accepts connections/, /firewall/],
  ["a 525 of Cloudflare", answered(525, { server: "cloudflare" }), /handshake/, /origin/],
  ["a 599", answered(599), /^Your endpoint answered 599\.$/, /log/],
  ["an unknown host", unanswered("dns_error", "dns_not_found"), /not exist/, /spelling/],
  ["a broken zone", unanswered("dns_error", "dns_server_failure"), /an error/, /DNSSEC/],
  ["a name without address", unanswered("dns_error", "dns_no_address"), /lead to an address/, /record/],
  ["a resolver that hangs", unanswered("dns_timeout"), /name servers/, /by itself/],
  ["a private address", unanswered("blocked_address"), /not on the public internet/, /operator/],
  ["a refused connection", unanswered("connect_refused", "connection_refused"), /nothing listens/, /port/],
  ["a connect of before details", unanswered("connect_refused"), /refused, or there is no way/, /listens/],
  ["a lookup of before details", unanswered("dns_error"), /does not lead to an address/, /spelling/],
  ["an address out of reach", unanswered("connect_refused", "unreachable"), /no way/, /DNS record/],
  ["a reset", unanswered("connect_reset"), /lost before a complete answer/, /log/],
  ["a connect that hangs", unanswered("connect_timeout"), /unanswered/, /firewall/],
  ["an expired certificate", tlsTrouble("certificate_expired"), /has expired/, /Renew/],
  ["one of the future", tlsTrouble("certificate_not_yet_valid"), /not valid yet/, /clock/],
  ["a self-signed one", tlsTrouble("self_signed"), /signed by itself/, /public/],
  ["one of a private authority", tlsTrouble("untrusted_authority"), /not trusted/, /public/],
  ["another host's", tlsTrouble("name_mismatch"), /another host/, /Issue/],
  ["a broken chain", tlsTrouble("chain_incomplete"), /does not send the certificates/, /fullchain/],
  ["a client certificate", tlsTrouble("client_certificate_required"), /client/, /signature/],
  ["a refused handshake", tlsTrouble("handshake_refused"), /nothing in common/, /ciphers/],
  ["plain HTTP", tlsTrouble("plain_http"), /plain HTTP/, /turn TLS on/],
  ["TLS 1.0", tlsTrouble("protocol_version"), /no longer safe/, /1\.2 or 1\.3/],
  ["HTTP/2 alone", tlsTrouble("no_http1"), /may want HTTP\/2/, /HTTP\/1\.1/],
  ["other TLS trouble", unanswered("tls_error"), /could not be set up/, /TLS settings/],
  ["a handshake that hangs", unanswered("tls_timeout"), /handshake in time/, /speaks TLS/],
  ["garbage", unanswered("protocol_error"), /not valid HTTP/, /web server/],
  ["huge headers", unanswered("header_overflow"), /headers are larger/, /fewer/],
  ["a silent endpoint", unanswered("response_timeout"), /did not answer in time/, /queue/],
  ["a crash of ours", unanswered("worker_lost"), /on our side/, /Nothing to do/],
  ["an expired delivery", unanswered("expired"), /given up/, /redeliver/],
])("%s is explained, with one next step", (_, failure, meaning, nextStep) => {
  const diagnosis = diagnose(failure);
  expect(diagnosis.meaning).toMatch(meaning);
  expect(diagnosis.nextStep).toMatch(nextStep);
  expect(diagnosis.suggestedUrl).toBeNull();
});

test.each<[string, string | string[] | undefined, string | null, RegExp]>([
  ["to another path", "/in/", "https://hooks.example.com/in/", /Use that URL/],
  ["to another host", "https://new.example.com/in", "https://new.example.com/in", /Use that URL/],
  ["to plain http", "http://hooks.example.com/in", null, /over https/],
  ["to a sign-in page", "/login?next=/in", null, /without a session/],
  ["to a script", "javascript:alert(1)", null, /finally answers/],
  ["to nowhere", undefined, null, /finally answers/],
  ["to two places", ["/a", "/b"], null, /finally answers/],
])("a redirect %s offers the URL only when it would work", (_, location, suggestedUrl, nextStep) => {
  const diagnosis = diagnose(answered(301, location === undefined ? {} : { location }));
  expect(diagnosis.suggestedUrl).toBe(suggestedUrl);
  expect(diagnosis.nextStep).toMatch(nextStep);
});

test("every error code has words of its own", () => {
  const withAnswer: Partial<Record<ErrorCode, number>> = {
    redirect: 302,
    http_status: 500,
    gone: 410,
    rate_limited: 429,
  };
  const explain = (code: ErrorCode) =>
    diagnose(withAnswer[code] ? answered(withAnswer[code]) : unanswered(code));
  const { meaning: ours } = explain("worker_lost");
  expect(explain("internal").meaning).toBe(ours);
  const meanings = errorCodes.map((code) => explain(code).meaning).filter((meaning) => meaning !== ours);
  expect(meanings).toHaveLength(errorCodes.length - 2);
  expect(new Set([...meanings, "", engineWords]).size).toBe(meanings.length + 2);
});

test("what was seen is explained, and not the words that the engine has for it", () => {
  const message = "The certificate is not for expired.example, but for hooks.example.";
  const failure = { ...tlsTrouble("name_mismatch"), error: { code: "tls_error", message } as const };
  expect(diagnose(failure).meaning).toMatch(/belongs to another host/);
});

test("a 304 and other answers without a place to go are still redirects", () => {
  expect(diagnose(answered(304)).meaning).toMatch(/304, a redirect/);
});

const hourMs = 3_600_000;
const failedAt = Date.UTC(2026, 0, 8);
const rotated: RotationBefore = {
  rotatedAt: failedAt - 2 * hourMs,
  until: failedAt + hourMs,
  failedAt,
  isTest: false,
};

test.each<[string, number, Partial<RotationBefore>, RegExp, RegExp]>([
  ["both were refused", 401, {}, /both secrets \(401\).*rotated 2 h before/, /which secret/],
  ["minutes after it", 403, { rotatedAt: failedAt - 90_000 }, /rotated 2 min before/, /which secret/],
  [
    "a refusal that may be about the body",
    400,
    {},
    /both secrets \(400\)/,
    /not about the signature, it is the body/,
  ],
  ["a test, which is made once", 401, { isTest: true }, /refused the test/, /X-Signature-Next/],
  ["no overlap", 401, { until: null }, /replaced 2 h before, without an overlap/, /new secret/],
  [
    "an overlap that has ended",
    401,
    { rotatedAt: failedAt - 99 * hourMs, until: failedAt - hourMs },
    /overlap of the rotation ended 1 h before/,
    /Give your endpoint the new secret/,
  ],
])("a refusal after a rotation names it: %s", (_, status, change, meaning, nextStep) => {
  const found = diagnose({ ...answered(status), rotation: { ...rotated, ...change } });
  expect([found.meaning, found.nextStep]).toEqual([
    expect.stringMatching(meaning),
    expect.stringMatching(nextStep),
  ]);
});

test.each<[string, number, Partial<RotationBefore>]>([
  ["a rotation of the day before yesterday", 401, { rotatedAt: failedAt - 25 * hourMs }],
  ["a rotation that came after it", 401, { rotatedAt: failedAt + 1 }],
  ["an answer that refuses no secret", 500, {}],
])("%s explains nothing", (_, status, change) => {
  const failure = answered(status);
  expect(diagnose({ ...failure, rotation: { ...rotated, ...change } })).toEqual(diagnose(failure));
});
