import { describe, expect, test } from "vitest";
import type { CertificateFacts, FailureDetail, PeerFacts } from "../delivery/outcome";
import { diagnose } from "./diagnose";
import type { Evidence, History } from "./evidence";
import { answered, unanswered } from "./evidence.fixture";

// What no server of the zoo shows; the rest is in `recorded.test.ts`.

const codes = (evidence: Evidence) => {
  const { confidence, causes } = diagnose(evidence);
  return `${confidence}: ${causes.map(({ code }) => code).join(", ")}`;
};
const base64 = (text: string) => Buffer.from(text, "latin1").toString("base64");
const refused = (facts: PeerFacts, detail: FailureDetail | null = null) =>
  unanswered("tls_error", detail, facts);

/** After the handshake, as Node does (20.20). */
const closedAtOnce = { ended: "closed", afterHandshake: true, isSilent: true, choseHttp: true } as const;

const certificate = (change: Partial<CertificateFacts> = {}): CertificateFacts => ({
  subject: "CN=hooks.example.com",
  issuer: "C=US, O=Let's Encrypt, CN=R11",
  validFrom: "2026-01-01T00:00:00.000Z",
  validTo: "2026-04-01T00:00:00.000Z",
  names: ["DNS:hooks.example.com"],
  ...change,
});
const showing = (detail: FailureDetail, change: Partial<CertificateFacts>, ...issuers: CertificateFacts[]) =>
  refused({ chain: [certificate(change), ...issuers] }, detail);

describe("a certificate that is not trusted", () => {
  test.each<[string, Evidence, string, RegExp]>([
    ["of Let's Encrypt, alone", showing("chain_incomplete", {}), "certain: chain_incomplete", /“R11”/],
    [
      "of Let's Encrypt's staging environment",
      showing("chain_incomplete", {
        issuer: "C=US, O=(STAGING) Let's Encrypt, CN=(STAGING) Riddling Rhubarb R12",
      }),
      "certain: certificate_private",
      /staging environment/,
    ],
    [
      "of Cloudflare's origin authority",
      showing("chain_incomplete", {
        issuer: "C=US, O=CloudFlare, Inc., OU=CloudFlare Origin SSL Certificate Authority",
        hasIssuerUrl: true,
      }),
      "certain: certificate_private",
      /only Cloudflare trusts/,
    ],
    [
      "of Caddy itself",
      showing(
        "chain_incomplete",
        { issuer: "CN=Caddy Local Authority - ECC Intermediate" },
        certificate({
          subject: "CN=Caddy Local Authority - ECC Intermediate",
          issuer: "CN=Caddy Local Authority - 2026 ECC Root",
        }),
      ),
      "certain: certificate_private",
      /Caddy's own/,
    ],
    [
      "that Traefik made as a default",
      showing("self_signed", { subject: "CN=TRAEFIK DEFAULT CERT", issuer: "CN=TRAEFIK DEFAULT CERT" }),
      "certain: certificate_self_signed",
      /Traefik, as its default/,
    ],
    [
      "of an authority of one's own that says where its issuer is",
      showing("chain_incomplete", { issuer: "DC=corp, CN=Example Issuing CA", hasIssuerUrl: true }),
      "likely: chain_incomplete, certificate_private",
      /Example Issuing CA/,
    ],
    [
      "that expired, and was signed by itself",
      showing("certificate_expired", {
        subject: "CN=debian",
        issuer: "CN=debian",
        isOutOfDate: "expired",
        validTo: "2026-03-04T00:00:00.000Z",
      }),
      "certain: certificate_expired",
      /on 2026-03-04, and is signed by itself/,
    ],
    [
      "whose root expired",
      showing("certificate_expired", {}, certificate({ subject: "CN=Root X3", isOutOfDate: "expired" })),
      "certain: intermediate_expired",
      /“Root X3”.*its own is still valid/,
    ],
    [
      "with a signature that does not fit",
      refused({ reason: "certificate signature failure" }, "certificate_refused"),
      "certain: certificate_chain_broken",
      /signature failure/,
    ],
    [
      "with a key that is too small",
      refused({ reason: "EE certificate key too weak", chain: [certificate()] }, "certificate_refused"),
      "certain: certificate_weak",
      /key too weak/,
    ],
  ])("%s", (_, evidence, expected, meaning) => {
    expect(codes(evidence)).toBe(expected);
    expect(diagnose(evidence).meaning).toMatch(meaning);
  });
});

describe("a certificate that is not for the host", () => {
  const at = (host: string, names: string[], subject = "CN=x") => ({
    ...showing("name_mismatch", { names, subject }),
    url: `https://${host}/in`,
  });

  test.each<[string, Evidence, string, RegExp]>([
    [
      "a wildcard one level too deep",
      at("a.b.example.com", ["DNS:*.example.com"]),
      "certain: wildcard_does_not_cover",
      /exactly one label/,
    ],
    [
      "a wildcard of another domain",
      at("hooks.example.com", ["DNS:*.example.org"]),
      "certain: certificate_of_another_host",
      /\*\.example\.org, and not for hooks/,
    ],
    [
      "a wildcard that the host only ends like",
      at("myexample.com", ["DNS:*.example.com"]),
      "certain: certificate_of_another_host",
      /not for myexample/,
    ],
    [
      "no names but a common name",
      at("hooks.example.com", [], "CN=www.example.com"),
      "certain: certificate_of_another_host",
      /common name \(“www\.example\.com”\)/,
    ],
    [
      "an IPv6 address in the URL",
      at("[2001:db8::1]", ["DNS:hooks.example.com"]),
      "certain: certificate_without_address",
      /2001:db8::1/,
    ],
  ])("%s", (_, evidence, expected, meaning) => {
    expect(codes(evidence)).toBe(expected);
    expect(diagnose(evidence).meaning).toMatch(meaning);
  });
});

describe("a handshake that is refused", () => {
  test.each<[string, Evidence, string]>([
    [
      "about a certificate, 46",
      refused({ alert: 46, chain: [certificate()] }),
      "certain: client_certificate",
    ],
    ["about a certificate, 48", refused({ alert: 48, afterHandshake: true }), "certain: client_certificate"],
    ["by a server that wants safer ciphers", refused({ alert: 71 }), "certain: no_common_cipher"],
    ["for access", refused({ alert: 49 }), "likely: name_not_served, tls_failed"],
    [
      "by ourselves, over a weak key exchange",
      refused({ reason: "dh key too small" }),
      "certain: tls_settings_weak",
    ],
    [
      "by ourselves, over an old server",
      refused({ reason: "unsafe legacy renegotiation disabled" }),
      "certain: tls_settings_weak",
    ],
    [
      "before details were kept",
      refused({}, "handshake_refused"),
      "likely: no_common_cipher, client_certificate",
    ],
  ])("%s", (_, evidence, expected) => {
    expect(codes(evidence)).toBe(expected);
  });

  test.each<[string, Evidence, string, RegExp]>([
    [
      "of an issuer that it does not know",
      refused({ alert: 48, afterHandshake: true, hasIdentity: true }),
      "certain: client_certificate_refused",
      /does not know its issuer/,
    ],
    [
      "in words",
      { ...answered(400, {}, "400 The SSL certificate error"), peer: refused({ hasIdentity: true }).peer },
      "certain: client_certificate_refused",
      /does not accept/,
    ],
    [
      "without a word",
      unanswered("connect_reset", null, { ...closedAtOnce, hasIdentity: true }),
      "likely: client_certificate_refused, connection_lost",
      /./,
    ],
  ])("with a client certificate of the webhook, because %s", (_, evidence, expected, meaning) => {
    expect(codes(evidence)).toBe(expected);
    expect(diagnose(evidence).meaning).toMatch(meaning);
  });

  test("of a URL with an address, the name is what is missing", () => {
    const evidence = { ...refused({ alert: 112 }, "name_refused"), url: "https://203.0.113.7/in" };
    expect(diagnose(evidence).meaning).toMatch(/wants to be called by a name.*203\.0\.113\.7/);
  });

  test.each([
    [400, "<title>400 The SSL certificate error</title>"],
    [403, "403 - Forbidden: this page requires a client certificate"],
    [496, ""],
  ])("and in an answer of %s", (status, body) => {
    expect(codes(answered(status, {}, body))).toBe("certain: client_certificate");
  });

  test.each([
    [400, "the certificate number in data.certificate is not valid"],
    [403, "Forbidden"],
  ])("but not in every answer of %s", (status, body) => {
    expect(codes(answered(status, {}, body))).not.toContain("client_certificate");
  });
});

test.each<[string, string, RegExp]>([
  ["220 ftp.example.com FTP server ready", "another_service", /FTP answers there: “220 ftp/],
  ["* OK [CAPABILITY IMAP4rev1] ready", "another_service", /IMAP/],
  ["+OK POP3 ready", "another_service", /POP3/],
  ["\x4a\0\0\0\x0a8.0.36\0", "another_service", /MySQL/],
  ["\x45\0\0\0\xffj\x04Host '203.0.113.9' is not allowed", "another_service", /MySQL/],
  ["-ERR unknown command", "another_service", /Redis/],
  ["AMQP\0\0\x09\x01", "another_service", /AMQP/],
  ["EFATAL: unsupported frontend protocol", "another_service", /PostgreSQL/],
  ["HTTP/1.0 400 Bad request", "plain_http_port", /plain HTTP/],
  ["<html><head><title>400 Bad Request", "plain_http_port", /plain HTTP/],
  ["\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x80", "http2_without_tls", /HTTP\/2 without TLS/],
  ["whatever this is", "not_tls", /begins with “whatever this is”/],
])("where TLS was expected and %j came, the service is named", (bytes, code, meaning) => {
  const evidence = refused({ firstBytes: base64(bytes) }, "plain_http");
  expect(codes(evidence)).toBe(`certain: ${code}`);
  expect(diagnose(evidence).meaning).toMatch(meaning);
});

const lost = (facts: PeerFacts, change: Partial<Evidence> = {}) =>
  unanswered("connect_reset", null, facts, change);
const afterMs = (ms: number) => ({
  timings: { dns: null, connect: 1, tls: 3, first_byte: ms, body: null },
});
const worked: History = {
  earlier: [],
  others: [
    {
      eventType: "search_completed",
      isDelivered: true,
      statusCode: 200,
      sentBytes: 1_024,
      data: {},
      attemptCount: 1,
    },
  ],
};

describe("a connection that ends", () => {
  const silent = { isSilent: true, ended: "closed" } as const;
  const after = { ...silent, afterHandshake: true } as const;

  test.each<[string, Evidence, string]>([
    [
      "before TLS, at once, where it used to work",
      lost({ ...silent, unasked: "closed" }, { history: worked }),
      "likely: closed_before_tls, closed_in_handshake, connection_lost",
    ],
    [
      "in answer to TLS, where HTTP is understood",
      lost({ ...silent, unasked: "open", toProxyLine: base64("HTTP/1.1 400 Bad Request") }),
      "certain: plain_http_port",
    ],
    [
      "in the middle of the handshake",
      lost({ ended: "reset", firstBytes: base64("\x16\x03\x03\0\x7a\x02") }),
      "likely: closed_in_handshake, client_certificate, connection_lost",
    ],
    [
      "after the handshake, of an HTTP server that never answered",
      lost({ ...after, choseHttp: true }, afterMs(20)),
      "likely: connection_lost, client_certificate",
    ],
    [
      "after the handshake, of one that used to answer",
      lost({ ...after, choseHttp: true }, { ...afterMs(20), history: worked }),
      "likely: connection_lost",
    ],
    [
      "after half a minute, as a worker's timeout ends it",
      lost({ ...after, choseHttp: true }, afterMs(30_020)),
      "likely: answer_cut_off, connection_lost, client_certificate",
    ],
    [
      "in the middle of an answer",
      lost({ afterHandshake: true, ended: "reset", firstBytes: base64("HTTP/1.1 200 OK\r\n") }),
      "certain: answer_broken_off",
    ],
  ])("%s", (_, evidence, expected) => {
    expect(codes(evidence)).toBe(expected);
  });

  test("is known to want HTTP/2, or not to, once that was begun", () => {
    const settings = base64("\0\0\0\x04\0\0\0\0\0");
    expect(codes(lost({ ...after, toHttp2: settings }, afterMs(5)))).toBe("certain: http2_only");
    expect(codes(lost({ ...after, toHttp2: "" }, afterMs(5)))).toBe(
      "likely: tls_proxy_without_server, connection_lost",
    );
  });

  test("twice in one attempt is told", () => {
    expect(diagnose(lost({ ...after, choseHttp: true, resent: true }, afterMs(5))).meaning).toMatch(/twice/);
  });

  test("with frames of HTTP/2 is not laid on a proxy that nobody saw", () => {
    const frames = { firstBytes: base64("\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x80") };
    expect(codes(unanswered("protocol_error", null, frames))).toBe("likely: http2_only, proxied_http2");
    expect(codes(unanswered("protocol_error", null, { ...frames, choseHttp: true }))).toBe(
      "certain: proxied_http2",
    );
  });

  test("after seconds tells how many, and that it is not about the certificate", () => {
    const cut = unanswered(
      "tls_error",
      null,
      { afterHandshake: true, reason: "bad record mac" },
      afterMs(4_002),
    );
    expect(codes(cut)).toBe("certain: answer_cut_off");
    expect(diagnose(cut).meaning).toMatch(/4 s after our request/);
    expect(diagnose(cut).nextStep).toMatch(/not about the certificate/);
  });
});

describe("time that runs out", () => {
  test.each<[string, Evidence, string, RegExp]>([
    [
      "in silence, on a port where databases are",
      { ...unanswered("tls_timeout", null, { isSilent: true }), url: "https://hooks.example.com:5432/" },
      "likely: port_without_tls, handshake_too_slow",
      /usually PostgreSQL/,
    ],
    [
      "in silence, where TLS used to work",
      unanswered("tls_timeout", null, { isSilent: true }, { history: worked }),
      "likely: handshake_too_slow, port_without_tls",
      /did not finish the TLS handshake/,
    ],
    [
      "after interim answers",
      unanswered("response_timeout", null, { firstBytes: base64("HTTP/1.1 102 Processing\r\n\r\n") }),
      "likely: answer_too_late",
      /said 102/,
    ],
    [
      "within the headers",
      unanswered("response_timeout", null, { firstBytes: base64("HTTP/1.1 200 OK\r\nDate:") }),
      "likely: answer_too_late",
      /headers were not complete/,
    ],
    [
      "on a connection that had been idle",
      unanswered("response_timeout", null, { isSilent: true, idleMs: 3_500 }),
      "likely: answer_too_late, idle_connection_forgotten, handler_never_answers",
      /did not answer in time/,
    ],
  ])("%s", (_, evidence, expected, meaning) => {
    expect(codes(evidence)).toBe(expected);
    expect(diagnose(evidence).meaning).toMatch(meaning);
  });
});

test("an IPv6 address out of reach is told from other addresses", () => {
  const away = unanswered("connect_refused", "unreachable");
  const v6 = { ...away, peer: { ...away.peer, address: "2001:db8::1" } };
  expect(codes(v6)).toBe("likely: address_v6_unreachable, address_unreachable");
  expect(codes(away)).toBe("certain: address_unreachable");
});
