import { webhookLimits } from "@/domain/limits";
import { headerProblems } from "@/domain/webhook/header-rules";
import type { Webhook } from "../types";

/** A header as it is being written. `isKept`: it is secret and has a value, which stays while none is typed. */
export type WrittenHeader = { id: number; name: string; value: string; isSecret: boolean; isKept: boolean };

/** How a webhook's requests are sent, as it is being written. */
export type Sending = { headers: WrittenHeader[]; rate: string; timeout: string };

/** What may be kept of it while the form is closed: browsers would store the secrets in clear. */
export const withoutSecrets = ({ headers, ...sending }: Sending): Sending => ({
  ...sending,
  headers: headers.map((header) => (header.isSecret ? { ...header, value: "" } : header)),
});

type Saved = Pick<Webhook, "headers" | "rate_limit" | "timeout_seconds">;

export const nothingWritten: Sending = { headers: [], rate: "", timeout: "" };

export function toSending({ headers, rate_limit, timeout_seconds }: Saved): Sending {
  return {
    headers: headers.map(({ name, value, is_secret: isSecret }, id) => ({
      id,
      name,
      value: value ?? "",
      isSecret,
      isKept: isSecret,
    })),
    rate: rate_limit === null ? "" : String(rate_limit),
    timeout: timeout_seconds === null ? "" : String(timeout_seconds),
  };
}

/** What the API is asked for. A kept secret goes without a value. */
export const toSendingInput = ({ headers, rate, timeout }: Sending) => ({
  headers: headers.map((header) => ({
    name: header.name,
    value: givenValue(header),
    is_secret: header.isSecret,
  })),
  rate_limit: numberOf(rate),
  timeout_seconds: numberOf(timeout),
});

/** By `headers.0.name`, `rate_limit` and the like: the paths of the API's field errors. */
export type SendingProblems = Record<string, string>;

/** What is wrong with it by the rules of the server. */
export function sendingProblems({ headers, rate, timeout }: Sending, mostSeconds: number): SendingProblems {
  const problems: SendingProblems = {};
  const written = headers.map((header) => ({ name: header.name, value: givenValue(header) }));
  for (const { index, field, sentence } of headerProblems(written))
    problems[`headers.${index}.${field}`] ??= sentence;
  const { slowestRate, fastestRate, shortestTimeoutSeconds } = webhookLimits;
  if (!isWithin(numberOf(rate), slowestRate, fastestRate))
    problems.rate_limit = `Use a number from ${slowestRate} to ${fastestRate.toLocaleString("en")}, or leave it empty.`;
  const seconds = numberOf(timeout);
  if (
    !isWithin(seconds, shortestTimeoutSeconds, mostSeconds) ||
    (seconds !== null && !Number.isInteger(seconds))
  )
    problems.timeout_seconds = `Use whole seconds from ${shortestTimeoutSeconds} to ${mostSeconds}, or leave it empty.`;
  return problems;
}

const givenValue = ({ value, isKept, isSecret }: WrittenHeader) =>
  value === "" && isKept && isSecret ? null : value;

const numberOf = (text: string) => (text.trim() === "" ? null : Number(text));

const isWithin = (value: number | null, least: number, most: number) =>
  value === null || (value >= least && value <= most);
