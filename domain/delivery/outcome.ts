/** Why an attempt (or a delivery as a whole) did not succeed. Public: part of the API. */
export const errorCodes = [
  "dns_error",
  "dns_timeout",
  "blocked_address",
  "connect_refused",
  "connect_reset",
  "connect_timeout",
  "proxy_error",
  "tls_error",
  "tls_timeout",
  "protocol_error",
  "header_overflow",
  "response_timeout",
  "redirect",
  "http_status",
  "gone",
  "rate_limited",
  "worker_lost",
  "expired",
  "internal",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** Whether it says nothing of the endpoint: an attempt that we, or the proxy that we go out by, could not make. */
export const isFaultOfOurs = (code: ErrorCode | undefined): boolean =>
  code === "internal" || code === "proxy_error";

/** A failure in words a receiver's engineer can act on. */
export type DeliveryError = { code: ErrorCode; message: string };

/** What exactly was seen, where the code covers several faults. Kept for the diagnosis; no part of the API. */
export const failureDetails = [
  "dns_not_found",
  "dns_no_address",
  "dns_server_failure",
  "connection_refused",
  "unreachable",
  "through_proxy",
  "proxy_unreachable",
  "proxy_credentials",
  "proxy_refused",
  "certificate_expired",
  "certificate_not_yet_valid",
  "self_signed",
  "untrusted_authority",
  "name_mismatch",
  "chain_incomplete",
  "client_certificate_required",
  "handshake_refused",
  "plain_http",
  "protocol_version",
  "no_http1",
  "name_refused",
  "certificate_refused",
] as const;
export type FailureDetail = (typeof failureDetails)[number];

/** How an attempt failed. Without a detail, its code is all that is known. */
export type AttemptError = DeliveryError & { detail?: FailureDetail };

/** Contract: 2xx headers are a delivery, whatever the body does. */
export const isSuccess = (status: number) => status >= 200 && status < 300;

/** Milliseconds spent in each phase; null where the phase did not happen (a reused connection, an early end). */
export type Timings = {
  dns: number | null;
  connect: number | null;
  tls: number | null;
  first_byte: number | null;
  body: number | null;
};

/** What is known of the other end of the connection. */
export type Peer = {
  address: string | null;
  tls_version: string | null;
  certificate_expires_at: string | null;
  /** From when on it counts. Not kept with the attempt. */
  certificate_valid_from?: string | null;
  reused: boolean;
  /** What a failure made worth knowing; absent when nothing was. */
  facts?: PeerFacts;
};

/** Evidence of how a connection failed, for the diagnosis. */
export type PeerFacts = {
  /** The number of the TLS alert that the endpoint sent. */
  alert?: number;
  /** The webhook had a client certificate, which it shows to endpoints that ask. */
  hasIdentity?: true;
  /** What the TLS library says of it, in its own words. */
  reason?: string;
  /** The handshake was complete when it happened. */
  afterHandshake?: true;
  /** In the handshake the endpoint chose HTTP/1.1 (ALPN), which a mere TLS proxy seldom does. */
  choseHttp?: true;
  /** The certificates that the endpoint showed, its own first. */
  chain?: CertificateFacts[];
  /** How the endpoint ended the connection: FIN or RST. */
  ended?: "closed" | "reset";
  /** Not one byte had come from it by then. */
  isSilent?: true;
  /** Connected to once more without being sent anything, whether it ended that by itself. */
  unasked?: "closed" | "open";
  /** What came when a line of the PROXY protocol was said before TLS: base64, at most 64 bytes; empty for an end. */
  toProxyLine?: string;
  /** What came when HTTP/2 was begun instead of a request: the same. */
  toHttp2?: string;
  /** The first bytes that came where TLS or HTTP was expected: base64, at most 64 bytes. */
  firstBytes?: string;
  /** The request went out a second time, on a new connection, because a kept one turned out to be closed. */
  resent?: true;
  /** For how long that one, or the one that failed, had been kept without a request, in milliseconds. */
  idleMs?: number;
};

export type CertificateFacts = {
  subject: string;
  issuer: string;
  /** ISO 8601; null for what is no date. */
  validFrom: string | null;
  validTo: string | null;
  /** When it was shown. */
  isOutOfDate?: "expired" | "not_yet_valid";
  /** Of the endpoint's own: what it is issued for, as `DNS:a.example` and `IP:192.0.2.1`. */
  names?: string[];
  /** Whether it says where its issuer's certificate can be fetched (AIA). */
  hasIssuerUrl?: true;
  /** It says what it is for, and servers are not among that. */
  notForServers?: true;
  /** It may issue others. */
  isAuthority?: true;
};

/** Repeated headers are arrays; names are lower case. */
export type ResponseHeaders = Record<string, string | string[]>;

/** What came back, cut to the caps of the contract. `body` is raw: not decompressed, not decoded. */
export type ReceivedResponse = { headers: ResponseHeaders; body: Uint8Array; truncated: boolean };

/**
 * How one HTTP request ended. Expected trouble is a value, never a throw: `response` once complete headers
 * came in time (whatever the body did), `error` for everything networks do before that.
 */
export type Outcome = { startedAt: number; durationMs: number; timings: Timings; peer: Peer } & (
  | { kind: "response"; status: number; response: ReceivedResponse }
  | { kind: "error"; error: AttemptError }
);
