import type { Cause } from "../cause";
import { breaksHandshakeOff, closesUnanswered, hasWorked } from "../endings";
import type { Look } from "../look";

/** What a server says in an answer of its own after a handshake without a certificate that it takes. */
const said = [
  "no required ssl certificate was sent", // nginx
  "the ssl certificate error", // nginx, of one that it does not trust
  "cannot perform post-handshake authentication", // Apache, over TLS 1.3
  "requires a client certificate", // IIS
  "client certificate required",
  "client certificate is required",
  "client certificate was not",
  "no client certificate",
  "missing client certificate",
];

/** RFC 8446 §6.2: what is wrong with a certificate, or that there is none. */
const alertsAboutCertificates = [41, 42, 43, 44, 45, 46, 48, 116];

/** What the endpoint has against the certificate that it was shown. */
const complaints: Record<number, string> = {
  43: "It is of a kind that the endpoint does not take (unsupported_certificate).",
  44: "It is revoked (certificate_revoked).",
  45: "It has expired, or the endpoint's clock is wrong (certificate_expired).",
  48: "The endpoint does not know its issuer (unknown_ca).",
};

export const clientCertificate: Cause[] = [
  {
    code: "client_certificate",
    fits: (look) => !hasOne(look) && (isAboutOurs(look) ? "certain" : looksLikeIt(look) && "possible"),
    meaning: "The endpoint asks for a client certificate (mutual TLS), and the webhook has none.",
    nextStep:
      "Give the webhook a client certificate that the endpoint trusts, in its settings; or ask for none on this host or path, and check the signature instead.",
    tellApart:
      "openssl s_client -connect names acceptable client certificate CAs, and a browser asks for a certificate.",
    seen: [
      "nginx 1.22.1: 400 No required SSL certificate was sent",
      "Apache 2.4.71 in a Location: 403 Cannot perform Post-Handshake Authentication (TLS 1.3), alert 40 after the request (1.2)",
      "Caddy 2.6.2, Go 1.19, Tomcat 10.1: alert 42",
      "Apache 2.4.71, HAProxy 2.6.12, Node 20, stunnel 5.68: alert 116 (TLS 1.3), 40 after their certificate (1.2)",
    ],
  },
  {
    code: "client_certificate_refused",
    fits: (look) => hasOne(look) && (isAboutOurs(look) ? "certain" : looksLikeIt(look) && "likely"),
    meaning: (look) =>
      `The endpoint does not accept the client certificate that the webhook shows. ${complaints[look.facts.alert ?? 0] ?? ""}`.trim(),
    nextStep:
      "Have the endpoint trust its issuer, with the intermediate certificates sent along; or give the webhook a certificate that the endpoint's owner has issued.",
    tellApart: "The endpoint's log names the certificate, or an error in verifying it.",
    seen: [
      "nginx 1.22.1: 400 The SSL certificate error",
      "OpenSSL 3.0 s_server: alert 48 after the handshake (TLS 1.3)",
      "Node 20.20 closes without a word (rejectUnauthorized)",
    ],
  },
];

const hasOne = (look: Look) => look.facts.hasIdentity === true;

function isAboutOurs(look: Look): boolean {
  if (look.isStatus(495, 496)) return true; // nginx's own
  if (look.isStatus(400, 401, 403)) return look.says(...said);
  const { alert, chain, afterHandshake } = look.facts;
  if (look.isDetail("client_certificate_required")) return true;
  if (!look.isCode("tls_error") || alert === undefined) return false;
  // What comes after the server's own certificate was taken is about ours.
  return (
    alertsAboutCertificates.includes(alert) ||
    (alert === 40 && (chain !== undefined || afterHandshake === true))
  );
}

/** The same alert before anything was shown, and an end without one, have likelier causes. */
const looksLikeIt = (look: Look) =>
  look.isDetail("handshake_refused") ||
  breaksHandshakeOff(look) ||
  (closesUnanswered(look) && look.facts.choseHttp === true && !hasWorked(look));
