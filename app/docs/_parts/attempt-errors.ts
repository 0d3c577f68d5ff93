import type { ErrorCode } from "@/domain/delivery/outcome";

/** What the codes of failed attempts mean. */
export const attemptErrors: Record<ErrorCode, string> = {
  dns_error: "The host name could not be resolved.",
  dns_timeout: "The host name was not resolved in time.",
  blocked_address: "The host leads to an address that Fanfare does not call.",
  connect_refused: "The connection was refused, or the address cannot be reached.",
  connect_reset: "The connection was lost before a complete answer came.",
  connect_timeout: "No connection was made in time.",
  proxy_error:
    "Our own proxy could not be used, or refused to connect: it is tried again, and counts against nothing.",
  tls_error: "The TLS handshake failed, often because of the certificate.",
  tls_timeout: "The TLS handshake did not end in time.",
  protocol_error: "The answer was not valid HTTP/1.1.",
  header_overflow: "The answer's headers were too large.",
  response_timeout: "No complete answer came in time.",
  redirect: "The endpoint answered with a redirect, which is never followed.",
  http_status: "The endpoint answered another status than 2xx.",
  gone: "The endpoint answered 410 Gone, which switches the webhook off.",
  rate_limited:
    "The endpoint answered 429. Its Retry-After is honoured, up to a day; without one, requests slow down to what it takes.",
  worker_lost: "The process that sent it ended before it could tell how it went; it is sent again.",
  expired: "The delivery waited longer than deliveries are kept.",
  internal: "A fault of Fanfare's own.",
};
