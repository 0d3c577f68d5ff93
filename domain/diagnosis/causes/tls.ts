import type { Cause } from "../cause";
import { aWhileMs, closesUnanswered, hasWorked, isHttp2Answer, isNotTls, waitedMs } from "../endings";
import {
  firstBytesOf,
  http2BytesOf,
  isHttp2,
  isPlainHttp,
  isTls,
  proxyLineBytesOf,
  readable,
  serviceOf,
} from "../first-bytes";
import { isAddress } from "../look";

/** The handshake was refused, or what answers speaks no TLS. */
export const tls: Cause[] = [
  {
    code: "name_not_served",
    fits: (look) => {
      const { alert, chain, afterHandshake } = look.facts;
      if (look.isDetail("name_refused") || alert === 112) return "certain";
      if (!look.isCode("tls_error") || chain || afterHandshake) return false;
      if (alert === 80) return "likely";
      return (alert === 40 || alert === 49) && "possible";
    },
    meaning: (look) =>
      isAddress(look.host)
        ? `The endpoint wants to be called by a name, and the URL has the address ${look.host}: TLS names none then.`
        : `No site or certificate for the name ${look.host} is set up there.`,
    nextStep: (look) =>
      isAddress(look.host)
        ? "Use the host name in the webhook's URL."
        : "Set up this name, with its certificate, on the server or CDN; or correct the host in the URL.",
    tellApart:
      "openssl s_client with another -servername gets a certificate; the server's log names the missing one.",
    seen: [
      "nginx 1.22.1 ssl_reject_handshake, HAProxy 2.6.12 strict-sni: alert 112",
      "Caddy 2.6.2, Go 1.19: alert 80",
      "CDNs: alert 40 for a name that they have no certificate for",
    ],
  },
  {
    code: "no_common_cipher",
    fits: (look) => {
      if (look.facts.alert === 71) return "certain";
      const isEarly = !look.facts.chain && !look.facts.afterHandshake;
      return look.isDetail("handshake_refused") && isEarly && "likely";
    },
    meaning:
      "The endpoint found nothing in common to speak TLS with: its ciphers do not fit its certificate's key (RSA or ECDSA), or are unusual.",
    nextStep:
      "Set ciphers that fit the key of the certificate; the defaults of the server, or Mozilla's intermediate list, do.",
    tellApart: "The server's log says “no shared cipher”; openssl s_client fails as we do.",
    seen: ["nginx 1.22.1, openssl s_server 3.0.22: alert 40 before any certificate was shown"],
  },
  {
    code: "tls_outdated",
    fits: (look) => look.isDetail("protocol_version") && "certain",
    meaning: "The endpoint only offers TLS versions that are no longer safe (1.0 or 1.1).",
    nextStep: "Enable TLS 1.2 or 1.3 on the endpoint.",
    seen: ["openssl s_server 3.0.22, Node 20: alert 70"],
  },
  {
    code: "tls_settings_weak",
    fits: (look) =>
      look.isCode("tls_error") &&
      /dh key too small|unsafe legacy renegotiation|wrong signature type|no suitable signature/i.test(
        look.facts.reason ?? "",
      ) &&
      "certain",
    meaning: (look) =>
      `The endpoint's TLS is set up in a way that is not safe any more: ${look.facts.reason}.`,
    nextStep: "Update the TLS library of the server, and take its current defaults.",
    seen: ["OpenSSL 3.0: dh key too small, unsafe legacy renegotiation disabled"],
  },
  {
    code: "http2_only",
    fits: (look) => {
      if (look.isDetail("no_http1")) return "certain";
      if (isHttp2Answer(look) && !look.facts.choseHttp) return "likely";
      if (isHttp2(http2BytesOf(look))) return "certain";
      const isUnknown = look.facts.toHttp2 === undefined && !look.facts.choseHttp;
      const isAtOnce = closesUnanswered(look) && waitedMs(look) < aWhileMs;
      return isAtOnce && isUnknown && !hasWorked(look) && "possible";
    },
    meaning:
      "The endpoint does not offer HTTP/1.1: it may want HTTP/2 only, and webhooks come over HTTP/1.1.",
    nextStep: "Enable HTTP/1.1 on this port too (in ALPN: http/1.1).",
    tellApart: "curl --http2-prior-knowledge gets an answer there, and curl --http1.1 does not.",
    seen: [
      "Node 20 http2: alert 120",
      "a listener in Go 1.19 that answers no ALPN: SETTINGS, or closed after the handshake",
    ],
  },
  {
    code: "plain_http_port",
    fits: (look) =>
      (isPlainHttp(proxyLineBytesOf(look)) || (isNotTls(look) && isPlainHttp(firstBytesOf(look)))) &&
      "certain",
    meaning: "This port speaks plain HTTP and not TLS.",
    nextStep: "Use the port on which the server speaks https, or turn TLS on for this one.",
    seen: ["nginx 1.22.1, Node 20: HTTP/1.1 400 Bad Request to a ClientHello"],
  },
  {
    code: "another_service",
    fits: (look) => isNotTls(look) && serviceOf(firstBytesOf(look)) !== null && "certain",
    meaning: (look) => {
      const greeting = readable(firstBytesOf(look));
      const words = greeting.length > 3 ? `: “${greeting}”` : "";
      return `This port speaks no TLS: ${serviceOf(firstBytesOf(look))} answers there${words}.`;
    },
    nextStep: "Correct the port in the webhook's URL; https is usually 443.",
    seen: ["OpenSSH 9.2, memcached 1.6.18, MariaDB, SMTP: WRONG_VERSION_NUMBER"],
  },
  {
    code: "http2_without_tls",
    fits: (look) => isNotTls(look) && isHttp2(firstBytesOf(look)) && "certain",
    meaning: "This port speaks HTTP/2 without TLS (h2c, as gRPC servers do), and no https.",
    nextStep: "Put TLS with HTTP/1.1 in front of it, or use another port.",
    seen: ["a SETTINGS frame in answer to a ClientHello"],
  },
  {
    code: "not_tls",
    fits: (look) => look.isDetail("plain_http") && !isTls(firstBytesOf(look)) && "certain",
    meaning: (look) => {
      const words = readable(firstBytesOf(look));
      return words === ""
        ? "What answers on this port is not TLS; it may be plain HTTP."
        : `What answers on this port is not TLS; it begins with “${words}”.`;
    },
    nextStep: "Use the port that speaks TLS, or turn TLS on for this one.",
    seen: ["OpenSSL: ERR_SSL_WRONG_VERSION_NUMBER"],
  },
  {
    code: "tls_failed_there",
    fits: (look) => look.isCode("tls_error") && look.facts.alert === 80 && "possible",
    meaning: "The endpoint broke the handshake off because of a fault of its own (internal error).",
    nextStep:
      "Read the server's log at that time: it names the fault, often in reading its certificate or key.",
    tellApart: "Other names on the same server fail too.",
    seen: ["TLS alert 80"],
  },
  {
    code: "tls_failed",
    fits: (look) => look.isCode("tls_error") && look.evidence.detail === null && "possible",
    meaning: (look) =>
      look.facts.afterHandshake
        ? "The secure connection broke after it had been set up, so it is not about the certificate."
        : "The secure connection could not be set up.",
    nextStep: (look) =>
      look.facts.afterHandshake
        ? "Look at the server's log for that moment, and at what is in between."
        : "Check the certificate and the TLS settings of the endpoint.",
    tellApart: "The error's own words name what broke.",
    seen: ["other alerts and errors of OpenSSL"],
  },
];
