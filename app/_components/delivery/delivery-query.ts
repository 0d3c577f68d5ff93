import type { Delivery } from "./types";

/** The filters of a list of deliveries, as the URL holds them; "" is any. */
export type DeliveryFilters = {
  webhookId: string;
  status: string;
  type: string;
  code: string;
  range: string;
  text: string;
  /** What one recovery made due, and what became of it. */
  recoveryId: string;
  outcome: string;
};

const statuses = ["delivered", "pending", "failed", "cancelled"] as const;
export const codeClasses = [2, 3, 4, 5, 0] as const;

const hourMs = 60 * 60 * 1000;
export const ranges = {
  "1h": { words: "Last hour", ms: hourMs },
  "24h": { words: "Last 24 h", ms: 24 * hourMs },
  "7d": { words: "Last 7 days", ms: 7 * 24 * hourMs },
  "30d": { words: "Last 30 days", ms: 30 * 24 * hourMs },
};

const pageSize = 50;
const rangeStepMs = 60_000;

/**
 * What the API is asked for these filters; values that it does not know are left out. The begin of the range is
 * rounded to a minute, so that the server's prefetch and the browser's question are the same.
 */
export function toListInput(filters: DeliveryFilters, now: number) {
  const range = Object.hasOwn(ranges, filters.range) ? ranges[filters.range as keyof typeof ranges] : null;
  const since = range && Math.floor((now - range.ms) / rangeStepMs) * rangeStepMs;
  return {
    webhook_id: filters.webhookId || undefined,
    status: statuses.find((status) => status === filters.status),
    event_type: filters.type || undefined,
    code_class: codeClasses.find((code) => String(code) === filters.code),
    status_code: statusCodeOf(filters),
    since: since ? new Date(since).toISOString() : undefined,
    text: filters.text.trim() || undefined,
    ...recoveryOf(filters),
    content: false,
    details: true,
    page_size: pageSize,
  };
}

const outcomes = ["delivered", "refused_again", "unanswered", "waiting", "given_up"] as const;
const idShape = /^[0-9a-f-]{36}$/;

function recoveryOf({ recoveryId, outcome }: DeliveryFilters) {
  if (!idShape.test(recoveryId)) return {};
  return { recovery_id: recoveryId, outcome: outcomes.find((each) => each === outcome) };
}

/** The code itself, where the URL has more than its first digit. */
export const statusCodeOf = ({ code }: Pick<DeliveryFilters, "code">) =>
  /^[1-5]\d\d$/.test(code) ? Number(code) : undefined;

/** Filters from the URL's query. */
export function readFilters(read: (name: string) => string, webhookId?: string): DeliveryFilters {
  return {
    webhookId: webhookId ?? read("webhook"),
    status: read("status"),
    type: read("type"),
    code: read("code"),
    range: read("range"),
    text: read("q"),
    recoveryId: read("recovery"),
    outcome: read("outcome"),
  };
}

export const isFiltered = ({ webhookId: _, ...filters }: DeliveryFilters) =>
  Object.values(filters).some(Boolean);

/** The URL without any filter. */
export const noFilters = {
  status: null,
  type: null,
  code: null,
  range: null,
  q: null,
  webhook: null,
  recovery: null,
  outcome: null,
};

/** Whether a delivery that just changed belongs into the list. Some questions only the server can answer. */
export function fitsFilters(delivery: Delivery, filters: DeliveryFilters): boolean {
  if (filters.text || filters.recoveryId) return false;
  if (filters.webhookId && delivery.webhook_id !== filters.webhookId) return false;
  if (filters.status && delivery.status !== filters.status) return false;
  if (filters.type && delivery.event_type !== filters.type) return false;
  if (statusCodeOf(filters)) return delivery.status_code === statusCodeOf(filters);
  return filters.code === "" || String(codeClassOf(delivery)) === filters.code;
}

function codeClassOf({ status_code, attempt_count }: Delivery): number | null {
  if (status_code !== null) return Math.floor(status_code / 100);
  return attempt_count > 0 ? 0 : null;
}
