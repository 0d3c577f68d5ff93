import type { AttemptError } from "@/domain/delivery/outcome";
import type { ResponseHead } from "./response-head";

/*
 * What goes wrong between us and the target where the installation has a proxy. What the proxy itself does wrong, or
 * forbids, is a fault of ours; that it does not get to a target is the target's.
 */

/** What a proxy answered to CONNECT; `reason` is Squid's own word for it, like `ERR_CONNECT_FAIL 111`. */
export type ProxyAnswer = { status: number; reason: string | null };

export function proxyAnswer({ status, headers }: ResponseHead): ProxyAnswer {
  const at = headers.indexOf("x-squid-error");
  return { status, reason: at < 0 ? null : (headers[at + 1] ?? "").slice(0, maxReason) };
}

const maxReason = 60;

/** Null for a tunnel that is open. */
export function answerError({ status, reason }: ProxyAnswer, authority: string): AttemptError | null {
  if (status >= 200 && status < 300) return null;
  const answered = `${status}${reason === null ? "" : `, ${reason}`}`;
  if (status === 407)
    return {
      code: "proxy_error",
      detail: "proxy_credentials",
      message: "The proxy of this installation does not take its user and password (407).",
    };
  if (status < 500)
    return {
      code: "proxy_error",
      detail: "proxy_refused",
      message: `The proxy of this installation refused to connect to ${authority} (${answered}).`,
    };
  if (status === 504)
    return {
      code: "connect_timeout",
      detail: "through_proxy",
      message: `The proxy of this installation got no connection to ${authority} in time (${answered}).`,
    };
  return {
    code: "connect_refused",
    detail: "through_proxy",
    message: `The proxy of this installation could not connect to ${authority} (${answered}).`,
  };
}

/** `why` follows "The proxy of this installation". Its address is nothing for customers. */
export const unreachable = (why: string): AttemptError => ({
  code: "proxy_error",
  detail: "proxy_unreachable",
  message: `The proxy of this installation ${why}.`,
});

export const notHttpError = (defect: string): AttemptError =>
  unreachable(`answered what is no HTTP/1.1: ${defect}`);
