import { isIPv6 } from "node:net";
import type { AttemptError, FailureDetail } from "@/domain/delivery/outcome";
import { UnknownName } from "./resolve";

/** `15 s`, or `300 ms` below a second. */
export const inWords = (ms: number) => (ms < 1000 ? `${ms} ms` : `${Math.round(ms / 100) / 10} s`);

/** `host:port` as it is written in a URL. */
export const place = (host: string, port: number) => `${isIPv6(host) ? `[${host}]` : host}:${port}`;

export const codeOf = (error: unknown) =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";

export function dnsFailure(error: unknown, host: string): AttemptError {
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
  return { code: "dns_error", detail: dnsDetails[code], message: `${message}${askedFor(error)}` };
}

const dnsDetails: Record<string, FailureDetail> = {
  ENOTFOUND: "dns_not_found",
  ENODATA: "dns_no_address",
  ESERVFAIL: "dns_server_failure",
  EREFUSED: "dns_server_failure",
};

/** A name that the system completes stands for several. */
function askedFor(error: unknown): string {
  if (!(error instanceof UnknownName) || error.tried.length < 2) return "";
  const untold = error.tried.length - namesTold;
  const names = error.tried.slice(0, namesTold).join(", ");
  return ` Asked for: ${names}${untold > 0 ? ` and ${untold} more` : ""}.`;
}

const namesTold = 6;

/** Why no TCP connection came about. `target` is where it led, unless the error itself names another address. */
export function connectFailure(
  error: Error & { address?: string; port?: number },
  target: string,
): AttemptError {
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
      detail: "connection_refused",
      message: `${at} refused the connection. Nothing listens there, or a firewall turns us away.`,
    };
  return {
    code: "connect_refused",
    detail: "unreachable",
    message: `${at} cannot be reached from here (${code || error.message}).`,
  };
}
