import { readTimeRange, type TimeRange, toListTime } from "@/app/_components/time/time-range";

/** The filters of the list of events, as the URL holds them; "" is any, and no time is any time. */
export type EventFilters = {
  type: string;
  time: TimeRange | null;
  outcome: string;
  text: string;
  /** "payloads" reads them one by one in place of the index. */
  look: string;
};

/** What the URL has to become for a list without filters. */
export const noFilters = {
  type: null,
  range: null,
  from: null,
  to: null,
  outcome: null,
  q: null,
  look: null,
};

const pageSize = 50;

/** What the API is asked for these filters; values that it does not know are left out. */
export function toListInput(filters: EventFilters, now: number, zone: string) {
  const text = filters.text.trim();
  return {
    type: filters.type || undefined,
    ...toListTime(filters.time, now, zone),
    has_matched: { none: false, some: true }[filters.outcome],
    text: text || undefined,
    payloads: (text !== "" && filters.look === "payloads") || undefined,
    page_size: pageSize,
  };
}

/** Filters from the URL's query. */
export const readFilters = (read: (name: string) => string): EventFilters => ({
  type: read("type"),
  time: readTimeRange(read),
  outcome: read("outcome"),
  text: read("q"),
  look: read("look"),
});

export const isFiltered = (filters: EventFilters) => Object.values(filters).some(Boolean);
