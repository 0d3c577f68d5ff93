import { spanOf, type TimeRange } from "@/app/_components/time/time-range";
import { codeClasses, type DeliveryFilters, statusCodeOf, timeRangeOf } from "./delivery-query";

export const kinds = ["failed", "missed", "delivered", "cancelled"] as const;
export type Kind = (typeof kinds)[number];
type CodeClass = (typeof codeClasses)[number];

/** What a recovery begins with where these filters are on: what they say, and what failed where they say nothing. */
export function kindsOf({ status }: DeliveryFilters): Kind[] {
  if (status === "") return ["failed"];
  return kinds.filter((kind) => kind === status);
}

/** Null for any time. Where the list goes by attempts, it is their time: what is sent must not be more than is shown. */
export function rangeOf(filters: DeliveryFilters): TimeRange | null {
  const range = timeRangeOf(filters);
  if (range) return range;
  const { webhookId: _, ...narrowed } = filters;
  return Object.values(narrowed).some(Boolean) ? null : { preset: "24h" };
}

/** What was answered: by the filter of answers, or that of the attempts which a list goes by. */
export function answeredOf(filters: DeliveryFilters): { code_class?: CodeClass; status_code?: number } {
  const { by, answer, code } = filters;
  if (by !== "attempt" || answer === "") {
    const codeClass = codeClasses.find((each) => String(each) === code);
    return { code_class: codeClass, status_code: statusCodeOf(filters) };
  }
  const status = statusCodeOf({ code: answer });
  return status ? { status_code: status } : { code_class: 0 };
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
    ...answeredOf(filters),
    since: span ? iso(span.since) : undefined,
    // The end of a span is the first moment that is not meant.
    until: span?.until != null ? iso(Math.min(span.until - 1, now)) : undefined,
    include,
  };
}
