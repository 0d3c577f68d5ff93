import { spanOf, type TimeRange } from "@/app/_components/time/time-range";
import { codeClasses, type DeliveryFilters, statusCodeOf, timeRangeOf } from "./delivery-query";

export const kinds = ["failed", "missed", "delivered", "cancelled"] as const;
export type Kind = (typeof kinds)[number];

/** What a recovery begins with where these filters are on: what they say, and what failed where they say nothing. */
export function kindsOf({ status }: DeliveryFilters): Kind[] {
  if (status === "") return ["failed"];
  return kinds.filter((kind) => kind === status);
}

/** Null for any time. */
export function rangeOf(filters: DeliveryFilters): TimeRange | null {
  const range = timeRangeOf(filters);
  if (range && filters.by !== "attempt") return range;
  const { webhookId: _, ...narrowed } = filters;
  return Object.values(narrowed).some(Boolean) ? null : { preset: "24h" };
}

/** What is asked of the API. `now` is when the question was first asked, so that it stays the same. */
export function toRecovery(
  filters: DeliveryFilters,
  include: Kind[],
  { range, now, zone }: { range: TimeRange | null; now: number; zone: string },
) {
  const span = range && spanOf(range, now, zone);
  const iso = (at: number) => new Date(at).toISOString();
  return {
    webhook_id: filters.webhookId || undefined,
    event_types: filters.type ? [filters.type as never] : undefined,
    code_class: codeClasses.find((code) => String(code) === filters.code),
    status_code: statusCodeOf(filters),
    since: span ? iso(span.since) : undefined,
    // The end of a span is the first moment that is not meant.
    until: span?.until != null ? iso(Math.min(span.until - 1, now)) : undefined,
    include,
  };
}
