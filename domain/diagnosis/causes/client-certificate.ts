import type { Cause } from "../cause";
import { breaksHandshakeOff, closesUnanswered, hasWorked } from "../endings";
import type { Look } from "../look";

/** What a server says in an answer of its own after a handshake without a certificate of ours. */
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

/** RFC 8446 §6.2: what is wrong with a certificate. Of us there is none that could be wrong in another way. */
const alertsAboutCertificates = [41, 42, 43, 44, 45, 46, 48, 116];

const nextStep =
  "Ask for no client certificate on this host or path (webhooks have none), and check the signature instead.";

export const clientCertificate: Cause[] = [
  {
    code: "client_certificate",
    fits: (look) => (wasAskedFor(look) ? "certain" : looksLikeIt(look) && "possible"),
    meaning: "The endpoint asks for a client certificate (mutual TLS), which webhooks do not have.",
    nextStep,
    tellApart:
      "openssl s_client -connect names acceptable client certificate CAs, and a browser asks for a certificate.",
    seen: [
      "nginx 1.22.1: 400 No required SSL certificate was sent",
      "Apache 2.4.71 in a Location: 403 Cannot perform Post-Handshake Authentication (TLS 1.3), alert 40 after the request (1.2)",
      "Caddy 2.6.2, Go 1.19, Tomcat 10.1: alert 42",
      "Apache 2.4.71, HAProxy 2.6.12, Node 20, stunnel 5.68: alert 116 (TLS 1.3), 40 after their certificate (1.2)",
    ],
  },
];

function wasAskedFor(look: Look): boolean {
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
