import type { CallbackReason } from "@/domain/agent/protocol";
import type { ErrorCode } from "@/domain/delivery/outcome";

/**
 * A failed attempt at a callback, in the protocol's few words. An address that may not be reached counts as one that
 * refuses connections, so that nobody learns what there is inside our network. Null for what says nothing of the callback:
 * an attempt that we could not make.
 */
export function callbackReason(code: ErrorCode, statusCode: number | null): CallbackReason | null {
  switch (code) {
    case "dns_error":
    case "blocked_address":
    case "connect_refused":
    case "connect_reset":
      return "connection_refused";
    case "dns_timeout":
    case "connect_timeout":
    case "tls_timeout":
    case "response_timeout":
      return "timeout";
    case "tls_error":
      return "tls_error";
    case "http_status":
    case "gone":
    case "rate_limited":
      return ofStatus(statusCode ?? 0);
    case "redirect":
    case "protocol_error":
    case "header_overflow":
      return "challenge_failed";
    case "proxy_error":
    case "worker_lost":
    case "expired":
    case "internal":
      return null;
  }
}

function ofStatus(status: number): CallbackReason {
  if (status >= 500) return "http_5xx";
  return status >= 400 ? "http_4xx" : "challenge_failed";
}
