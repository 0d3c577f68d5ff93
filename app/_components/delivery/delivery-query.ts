import type { Delivery } from "./types";

/** The filters of a list of deliveries, as the URL holds them; "" is any. */
export type DeliveryFilters = {
  webhookId: string;
  status: string;
  type: string;
  code: string;
  range: string;
  text: string;
  /** "payloads" reads them one by one in place of the index. */
  look: string;
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

export const rangeChoices = [
  { value: "", label: "Any time" },
  ...Object.entries(ranges).map(([value, { words }]) => ({ value, label: words })),
];

const pageSize = 50;
const rangeStepMs = 60_000;

/**
 * When a range begins; undefined for any time, and for a range that nobody knows. It is rounded to a minute, so that the
 * server's prefetch and the browser's question are the same.
 */
export function sinceOf(range: string, now: number): string | undefined {
  if (!Object.hasOwn(ranges, range)) return undefined;
  const { ms } = ranges[range as keyof typeof ranges];
  return new Date(Math.floor((now - ms) / rangeStepMs) * rangeStepMs).toISOString();
}

/** What the API is asked for these filters; values that it does not know are left out. */
export function toListInput(filters: DeliveryFilters, now: number) {
  return {
    webhook_id: filters.webhookId || undefined,
    status: statuses.find((status) => status === filters.status),
    event_type: filters.type || undefined,
    code_class: codeClasses.find((code) => String(code) === filters.code),
    since: sinceOf(filters.range, now),
    text: filters.text.trim() || undefined,
    payloads: (filters.text.trim() !== "" && filters.look === "payloads") || undefined,
    content: false,
    details: true,
    page_size: pageSize,
  };
}

/** Filters from the URL's query. */
export function readFilters(read: (name: string) => string, webhookId?: string): DeliveryFilters {
  return {
    webhookId: webhookId ?? read("webhook"),
    status: read("status"),
    type: read("type"),
    code: read("code"),
    range: read("range"),
    text: read("q"),
    look: read("look"),
  };
}

export const isFiltered = ({ webhookId: _, ...filters }: DeliveryFilters) =>
  Object.values(filters).some(Boolean);

/** Whether a delivery that just changed belongs into the list. A text search only the server can answer. */
export function fitsFilters(delivery: Delivery, filters: DeliveryFilters): boolean {
  if (filters.text) return false;
  if (filters.webhookId && delivery.webhook_id !== filters.webhookId) return false;
  if (filters.status && delivery.status !== filters.status) return false;
  if (filters.type && delivery.event_type !== filters.type) return false;
  return filters.code === "" || String(codeClassOf(delivery)) === filters.code;
}

function codeClassOf({ status_code, attempt_count }: Delivery): number | null {
  if (status_code !== null) return Math.floor(status_code / 100);
  return attempt_count > 0 ? 0 : null;
}
