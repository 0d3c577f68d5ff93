import type { Cause } from "../cause";

/** The secure connection did not come about, or broke. */
export const tls: Cause[] = [
  {
    code: "certificate_expired",
    fits: (look) => look.isDetail("certificate_expired") && "certain",
    meaning: "The endpoint's certificate has expired.",
    nextStep: "Renew the certificate; check that its automatic renewal works.",
    seen: ["OpenSSL: CERT_HAS_EXPIRED"],
  },
  {
    code: "certificate_not_yet_valid",
    fits: (look) => look.isDetail("certificate_not_yet_valid") && "certain",
    meaning: "The endpoint's certificate is not valid yet.",
    nextStep: "Check the start date of the certificate and the clock of the server.",
    seen: ["OpenSSL: CERT_NOT_YET_VALID"],
  },
  {
    code: "certificate_private",
    fits: (look) => look.isDetail("self_signed", "untrusted_authority") && "certain",
    meaning: "The endpoint's certificate is signed by itself, or by an authority that is not trusted here.",
    nextStep: "Use a certificate of a public authority, such as Let's Encrypt.",
    seen: ["OpenSSL: DEPTH_ZERO_SELF_SIGNED_CERT, SELF_SIGNED_CERT_IN_CHAIN"],
  },
  {
    code: "certificate_of_another_host",
    fits: (look) => look.isDetail("name_mismatch") && "certain",
    meaning: "The endpoint's certificate belongs to another host name.",
    nextStep: "Issue a certificate for this host, or use the host that it was issued for.",
    seen: ["Node: ERR_TLS_CERT_ALTNAME_INVALID"],
  },
  {
    code: "chain_incomplete",
    fits: (look) => look.isDetail("chain_incomplete") && "certain",
    meaning: "Nobody known here has issued the certificate: often a part of its chain is missing.",
    nextStep: "Install the full certificate chain (often called fullchain.pem), or use a public authority.",
    seen: ["OpenSSL: UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
  },
  {
    code: "client_certificate",
    fits: (look) => look.isDetail("client_certificate_required", "handshake_refused") && "certain",
    meaning: "The endpoint broke the handshake off, as one does that asks for a client certificate.",
    nextStep: "Do not ask for client certificates on this path: check the signature instead.",
    seen: ["TLS alert 116, 40"],
  },
  {
    code: "not_tls",
    fits: (look) => look.isDetail("plain_http") && "certain",
    meaning: "What answers on this port is not TLS; it may be plain HTTP.",
    nextStep: "Use the port that speaks TLS, or turn TLS on for this one.",
    seen: ["OpenSSL: ERR_SSL_WRONG_VERSION_NUMBER"],
  },
  {
    code: "tls_outdated",
    fits: (look) => look.isDetail("protocol_version") && "certain",
    meaning: "The endpoint only offers TLS versions that are no longer safe.",
    nextStep: "Enable TLS 1.2 or 1.3 on the endpoint.",
    seen: ["TLS alert 70"],
  },
  {
    code: "http2_only",
    fits: (look) => look.isDetail("no_http1") && "certain",
    meaning: "The endpoint does not offer HTTP/1.1; it may want HTTP/2.",
    nextStep: "Enable HTTP/1.1 on this port too.",
    seen: ["TLS alert 120"],
  },
  {
    code: "tls_failed",
    fits: (look) => look.isCode("tls_error") && "likely",
    meaning: "The secure connection could not be set up.",
    nextStep: "Check the certificate and the TLS settings of the endpoint.",
    tellApart: "The error's own words name what broke.",
    seen: ["other alerts and errors of OpenSSL"],
  },
  {
    code: "handshake_too_slow",
    fits: (look) => look.isCode("tls_timeout") && "certain",
    meaning: "The endpoint accepted the connection but did not finish the TLS handshake in time.",
    nextStep: "Check the load of the server and that this port really speaks TLS.",
    seen: ["no end of the handshake within DELIVERY_TIMEOUT"],
  },
];
