import type { PeerCertificate } from "node:tls";
import type { AttemptError, FailureDetail } from "@/domain/delivery/outcome";
import { codeOf } from "./dial-failure";

/** Why the TLS handshake failed. `certificate` is the endpoint's, where it was seen. */
export function tlsFailure(
  error: Error,
  host: string,
  certificate: PeerCertificate | undefined,
): AttemptError {
  const code = codeOf(error);
  if (isLossCode(code))
    return { code: "connect_reset", message: `${host} closed the connection during the TLS handshake.` };
  return tlsError(error, host, certificate);
}

/** By which Node and the system say that a connection was lost. */
export const isLossCode = (code: string) => code === "ECONNRESET" || code === "EPIPE";

/** Whether an error comes from TLS itself, as an alert may after the handshake. */
export const isTlsCode = (code: string) => code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_");

/** What an error of OpenSSL or of Node's own checks says about the endpoint. */
export function tlsError(error: Error, host: string, certificate?: PeerCertificate): AttemptError {
  const code = codeOf(error);
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return failed("certificate_expired", expiryWords(certificate));
    case "CERT_NOT_YET_VALID": {
      const isOwn = certificate !== undefined && Date.parse(certificate.valid_from) > Date.now();
      const which = isOwn ? "The certificate" : "A certificate of the chain";
      const when = (isOwn && onDay(certificate.valid_from)) || " later";
      return failed("certificate_not_yet_valid", `${which} only becomes valid${when}.`);
    }
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return failed("name_mismatch", `The certificate is not for ${host}${forNames(certificate)}.`);
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return failed(
        "self_signed",
        "The certificate is self-signed. Use one from a public certificate authority.",
      );
    case "SELF_SIGNED_CERT_IN_CHAIN":
      return failed(
        "untrusted_authority",
        "The certificate's authority is not trusted here. Use one from a public certificate authority.",
      );
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
      return failed(
        "chain_incomplete",
        "The certificate's issuer is unknown. Send the intermediate certificates too, or use a public authority.",
      );
    case "CERT_SIGNATURE_FAILURE":
      return failed(
        "certificate_refused",
        "A signature in the certificate's chain does not fit. Issue the certificate again, with its chain.",
      );
    case "INVALID_CA":
    case "INVALID_PURPOSE":
    case "PATH_LENGTH_EXCEEDED":
    case "CERT_CHAIN_TOO_LONG":
    case "CERT_REJECTED":
    case "CERT_UNTRUSTED":
    case "UNSPECIFIED":
      return failed("certificate_refused", `The certificate was not accepted (${error.message}).`);
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
    case "ERR_SSL_HTTP_REQUEST":
      return failed("plain_http", "The port does not speak TLS. It may be serving plain HTTP.");
    case "ERR_SSL_UNSUPPORTED_PROTOCOL":
    case "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION":
      return failed(
        "protocol_version",
        "The endpoint offers only outdated TLS versions. Turn on TLS 1.2 or 1.3.",
      );
    case "ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL":
      return failed(
        "no_http1",
        "The endpoint does not speak HTTP/1.1 (its ALPN offers something else, like HTTP/2). Turn it on.",
      );
    case "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED":
      return failed(
        "client_certificate_required",
        "The endpoint demands a client certificate. Give the webhook one, or check the signature instead.",
      );
    case "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE":
    case "ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE":
    case "ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED":
    case "ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED":
    case "ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN":
    case "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA":
      return failed(
        undefined,
        "The endpoint does not accept the webhook's client certificate, or that it has none.",
      );
    case "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE":
      return failed(
        "handshake_refused",
        "The endpoint refused the TLS handshake. It may demand a client certificate or share no cipher.",
      );
    case "ERR_SSL_TLSV1_UNRECOGNIZED_NAME":
      return failed("name_refused", `The endpoint's TLS does not know the name ${host}.`);
    default:
      return failed(undefined, `TLS failed (${code || error.message}).`);
  }
}

const failed = (detail: FailureDetail | undefined, message: string): AttemptError => ({
  code: "tls_error",
  detail,
  message,
});

function expiryWords(certificate: PeerCertificate | undefined): string {
  const isLeaf = certificate !== undefined && Date.parse(certificate.valid_to) < Date.now();
  if (!isLeaf) return "A certificate of the chain has expired. Renew it, and send the current chain.";
  return `The certificate expired${onDay(certificate.valid_to)}. Renew it.`;
}

const onDay = (date: string | undefined) => {
  const iso = isoOrNull(date);
  return iso ? ` on ${iso.slice(0, 10)}` : "";
};

/** A certificate's date in ISO 8601; null for one that is no date, which a certificate may well hold. */
export function isoOrNull(date: string | undefined): string | null {
  const time = Date.parse(date ?? "");
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function forNames(certificate: PeerCertificate | undefined): string {
  const names = certificate?.subjectaltname?.replaceAll(/(DNS|IP Address):/g, "");
  return names ? `, but for ${names.slice(0, 200)}` : "";
}
