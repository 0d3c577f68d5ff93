import { isIPv6 } from "node:net";
import type { PeerCertificate } from "node:tls";
import type { DeliveryError } from "@/domain/delivery/outcome";
import { UnknownName } from "./resolve";

/** `15 s`, or `300 ms` below a second. */
export const inWords = (ms: number) => (ms < 1000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`);

/** `host:port` as it is written in a URL. */
export const place = (host: string, port: number) => `${isIPv6(host) ? `[${host}]` : host}:${port}`;

export const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

export function dnsFailure(error: unknown, host: string): DeliveryError {
  const code = codeOf(error);
  if (code === "ETIMEOUT")
    return { code: "dns_timeout", message: `The name servers of ${host} did not answer.` };
  const words: Record<string, string> = {
    ENOTFOUND: `${host} does not exist in DNS. Check the name, or add the record.`,
    ENODATA: `${host} has no address in DNS. Add an A or AAAA record.`,
    ESERVFAIL: `The name servers of ${host} failed (SERVFAIL). Check its zone and DNSSEC.`,
    EREFUSED: `The name servers of ${host} refused to answer.`,
  };
  const message = words[code] ?? `${host} could not be looked up in DNS (${code || error}).`;
  return { code: "dns_error", message: `${message}${askedFor(error)}` };
}

/** A name that the system completes stands for several. */
function askedFor(error: unknown): string {
  if (!(error instanceof UnknownName) || error.tried.length < 2) return "";
  const rest = error.tried.length - namesTold;
  const names = error.tried.slice(0, namesTold).join(", ");
  return ` Asked for: ${names}${rest > 0 ? ` and ${rest} more` : ""}.`;
}

const namesTold = 6;

/** Why no TCP connection came about. `target` is where it led, unless the error itself names another address. */
export function connectFailure(
  error: Error & { address?: string; port?: number },
  target: string,
): DeliveryError {
  const code = codeOf(error);
  const at = error.address && error.port ? place(error.address, error.port) : target;
  if (code === "ETIMEDOUT")
    return {
      code: "connect_timeout",
      message: `${at} did not answer. A firewall may be dropping connections.`,
    };
  if (code === "ECONNRESET")
    return { code: "connect_reset", message: `${at} reset the connection as it was opened.` };
  if (code === "ECONNREFUSED")
    return {
      code: "connect_refused",
      message: `${at} refused the connection. Nothing listens there, or a firewall turns us away.`,
    };
  return {
    code: "connect_refused",
    message: `${at} cannot be reached from here (${code || error.message}).`,
  };
}

/** Why the TLS handshake failed. `certificate` is the endpoint's, where it was seen. */
export function tlsFailure(
  error: Error,
  host: string,
  certificate: PeerCertificate | undefined,
): DeliveryError {
  const code = codeOf(error);
  if (code === "ECONNRESET" || code === "EPIPE")
    return { code: "connect_reset", message: `${host} closed the connection during the TLS handshake.` };
  return { code: "tls_error", message: tlsWords(code, error, host, certificate) };
}

/** Whether an error comes from TLS itself, as an alert may after the handshake. */
export const isTlsCode = (code: string) => code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_");

export function tlsWords(code: string, error: Error, host: string, certificate?: PeerCertificate): string {
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return expiryWords(certificate);
    case "CERT_NOT_YET_VALID":
      return `The certificate only becomes valid${onDay(certificate?.valid_from) || " later"}.`;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return `The certificate is not for ${host}${forNames(certificate)}.`;
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return "The certificate is self-signed. Use one from a public certificate authority.";
    case "SELF_SIGNED_CERT_IN_CHAIN":
      return "The certificate's authority is not trusted here. Use one from a public certificate authority.";
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
      return "The certificate's issuer is unknown. Send the intermediate certificates too, or use a public authority.";
    case "CERT_SIGNATURE_FAILURE":
      return "A signature in the certificate's chain does not fit. Issue the certificate again, with its chain.";
    case "ERR_SSL_WRONG_VERSION_NUMBER":
    case "ERR_SSL_PACKET_LENGTH_TOO_LONG":
    case "ERR_SSL_HTTP_REQUEST":
      return "The port does not speak TLS. It may be serving plain HTTP.";
    case "ERR_SSL_UNSUPPORTED_PROTOCOL":
    case "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION":
      return "The endpoint offers only outdated TLS versions. Turn on TLS 1.2 or 1.3.";
    case "ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL":
      return "The endpoint does not speak HTTP/1.1 (its ALPN offers something else, like HTTP/2). Turn it on.";
    case "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED":
      return "The endpoint demands a client certificate, which webhooks do not have. Check the signature instead.";
    case "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE":
      return "The endpoint refused the TLS handshake. It may demand a client certificate or share no cipher.";
    case "ERR_SSL_TLSV1_UNRECOGNIZED_NAME":
      return `The endpoint's TLS does not know the name ${host}.`;
    default:
      return `TLS failed (${code || error.message}).`;
  }
}

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
