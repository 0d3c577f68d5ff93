import { readTimeRange, spanOf, type TimeRange, toListTime } from "@/app/_components/time/time-range";
import { errorCodes } from "@/domain/delivery/outcome";
import type { Delivery } from "./types";

/** The filters of a list of deliveries, as the URL holds them; "" is any. */
export type DeliveryFilters = {
  webhookId: string;
  status: string;
  type: string;
  code: string;
  /** A preset, or from and to: see time-range. */
  range: string;
  from: string;
  to: string;
  /** "attempt": the time is that of attempts, which came to `outcome` and were answered `answer`. */
  by: string;
  outcome: string;
  answer: string;
  text: string;
  /** What one recovery made due, and what became of that. */
  recoveryId: string;
  became: string;
  /** "payloads" reads them one by one in place of the index. */
  look: string;
};

/** What the URL has to become for a time that is that of the events, and not of attempts. */
export const anyAttempt = { by: null, outcome: null, answer: null };

/** What the URL has to become for a list without filters. */
export const noFilters = {
  status: null,
  type: null,
  code: null,
  range: null,
  from: null,
  to: null,
  ...anyAttempt,
  q: null,
  look: null,
  webhook: null,
  recovery: null,
  became: null,
};

const statuses = ["delivered", "pending", "failed", "cancelled"] as const;
export const codeClasses = [2, 3, 4, 5, 0] as const;

const pageSize = 50;
const rangeStepMs = 60_000;

/**
 * What the API is asked for these filters; values that it does not know are left out. The begin of the latest hours is
 * rounded to a minute, so that the server's prefetch and the browser's question are the same.
 */
export function toListInput(filters: DeliveryFilters, now: number, zone: string) {
  return {
    webhook_id: filters.webhookId || undefined,
    status: statuses.find((status) => status === filters.status),
    event_type: filters.type || undefined,
    code_class: codeClasses.find((code) => String(code) === filters.code),
    status_code: statusCodeOf(filters),
    ...toTimeInput(filters, now, zone),
    ...recoveryOf(filters),
    text: filters.text.trim() || undefined,
    payloads: (filters.text.trim() !== "" && filters.look === "payloads") || undefined,
    content: false,
    details: true,
    page_size: pageSize,
  };
}

const recoveryOutcomes = ["delivered", "refused_again", "unanswered", "waiting", "given_up"] as const;
const idShape = /^[0-9a-f-]{36}$/;

function recoveryOf({ recoveryId, became }: DeliveryFilters) {
  if (!idShape.test(recoveryId)) return {};
  return { recovery_id: recoveryId, outcome: recoveryOutcomes.find((each) => each === became) };
}

/** The code itself, where the URL has more than its first digit. */
export const statusCodeOf = ({ code }: Pick<DeliveryFilters, "code">) =>
  /^[1-5]\d\d$/.test(code) ? Number(code) : undefined;

function toTimeInput(filters: DeliveryFilters, now: number, zone: string) {
  const range = timeRangeOf(filters);
  if (!range) return {};
  if (filters.by !== "attempt") {
    const { since, until } = toListTime(range, now, zone);
    return { since, until };
  }
  const { since, until } = spanOf(range, now, zone);
  const isLatest = until === null;
  const iso = (at: number) => new Date(at).toISOString();
  return {
    attempted_since: iso(isLatest ? Math.floor(since / rangeStepMs) * rangeStepMs : since),
    attempted_until: iso(until ?? Math.ceil(now / rangeStepMs) * rangeStepMs),
    attempt_outcome: outcomes.find((outcome) => outcome === filters.outcome),
    attempt_answer: answerOf(filters.answer),
  };
}

const outcomes = ["delivered", "failed"] as const;

const answerOf = (answer: string) =>
  errorCodes.find((code) => code === answer) ?? (/^[1-5]\d\d$/.test(answer) ? answer : undefined);

/** The time that the filters ask for; null for any. */
export const timeRangeOf = (filters: DeliveryFilters): TimeRange | null =>
  readTimeRange((name) => (name === "range" ? filters.range : name === "from" ? filters.from : filters.to));

/** Filters from the URL's query. */
export function readFilters(read: (name: string) => string, webhookId?: string): DeliveryFilters {
  return {
    webhookId: webhookId ?? read("webhook"),
    status: read("status"),
    type: read("type"),
    code: read("code"),
    range: read("range"),
    from: read("from"),
    to: read("to"),
    by: read("by"),
    outcome: read("outcome"),
    answer: read("answer"),
    text: read("q"),
    recoveryId: read("recovery"),
    became: read("became"),
    look: read("look"),
  };
}

/** These filters, and no others. */
export const filtersOf = (some: Partial<DeliveryFilters>): DeliveryFilters => ({
  ...readFilters(() => ""),
  ...some,
});

export const isFiltered = ({ webhookId: _, ...filters }: DeliveryFilters) =>
  Object.values(filters).some(Boolean);

/**
 * Whether a delivery that just changed belongs into the list, of which `asked` is the time. A search for text, and what
 * was attempted when, only the server can answer.
 */
export function fitsFilters(
  delivery: Delivery,
  filters: DeliveryFilters,
  asked: { since?: string; until?: string },
): boolean {
  if (filters.text || filters.by === "attempt" || filters.recoveryId) return false;
  if (filters.webhookId && delivery.webhook_id !== filters.webhookId) return false;
  if (filters.status && delivery.status !== filters.status) return false;
  if (filters.type && delivery.event_type !== filters.type) return false;
  if (asked.since && delivery.timestamp < asked.since) return false;
  if (asked.until && delivery.timestamp > asked.until) return false;
  if (statusCodeOf(filters)) return delivery.status_code === statusCodeOf(filters);
  return filters.code === "" || String(codeClassOf(delivery)) === filters.code;
}

function codeClassOf({ status_code, attempt_count }: Delivery): number | null {
  if (status_code !== null) return Math.floor(status_code / 100);
  return attempt_count > 0 ? 0 : null;
}
