import { sinceOf } from "@/app/_components/delivery/delivery-query";

/** The filters of the list of events, as the URL holds them; "" is any. */
export type EventFilters = { type: string; range: string; outcome: string; text: string; look: string };

const pageSize = 50;

/** What the API is asked for these filters; values that it does not know are left out. */
export function toListInput(filters: EventFilters, now: number) {
  const text = filters.text.trim();
  return {
    type: filters.type || undefined,
    since: sinceOf(filters.range, now),
    has_matched: { none: false, some: true }[filters.outcome],
    text: text || undefined,
    payloads: (text !== "" && filters.look === "payloads") || undefined,
    page_size: pageSize,
  };
}

/** Filters from the URL's query. */
export const readFilters = (read: (name: string) => string): EventFilters => ({
  type: read("type"),
  range: read("range"),
  outcome: read("outcome"),
  text: read("q"),
  look: read("look"),
});

export const isFiltered = (filters: EventFilters) => Object.values(filters).some(Boolean);
