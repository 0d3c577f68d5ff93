import { codeClasses, type DeliveryFilters, ranges, statusCodeOf } from "./delivery-query";

export const kinds = ["failed", "missed", "delivered", "cancelled"] as const;
export type Kind = (typeof kinds)[number];
export type Range = keyof typeof ranges | "";

/** What a recovery begins with where these filters are on: what they say, and what failed where they say nothing. */
export function kindsOf({ status }: DeliveryFilters): Kind[] {
  if (status === "") return ["failed"];
  return kinds.filter((kind) => kind === status);
}

export function rangeOf({ range, ...others }: DeliveryFilters): Range {
  if (Object.hasOwn(ranges, range)) return range as Range;
  const { webhookId: _, ...narrowed } = others;
  return Object.values(narrowed).some(Boolean) ? "" : "24h";
}

/** What is asked of the API. `now` is when the question was first asked, so that it stays the same. */
export function toRecovery(filters: DeliveryFilters, range: Range, include: Kind[], now: number) {
  return {
    webhook_id: filters.webhookId || undefined,
    event_types: filters.type ? [filters.type as never] : undefined,
    code_class: codeClasses.find((code) => String(code) === filters.code),
    status_code: statusCodeOf(filters),
    since: range ? new Date(now - ranges[range].ms).toISOString() : undefined,
    include,
  };
}
