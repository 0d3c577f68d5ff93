import type { InfiniteData } from "@tanstack/react-query";
import type { Outputs } from "@/app/_trpc/client";
import type { Delivery } from "./types";

export type Page = Outputs["deliveries"]["list"];
export type Pages = InfiniteData<Page>;
export type Change = { delivery: Delivery; cameAt: number };
/** Deliveries that changed, by `keyOf`. */
export type Changes = ReadonlyMap<string, Change>;

export const keyOf = (delivery: Delivery) => `${delivery.webhook_id}/${delivery.id}`;

export const knownKeys = (data: Pages | undefined): Set<string> =>
  new Set(data?.pages.flatMap(({ items }) => items.map(keyOf)));

/** Pages with the changes in place; with `takesNew` those that were not there come on top, newest first. */
export function mergeChanges(data: Pages, changes: Changes, takesNew: boolean): Pages {
  const known = knownKeys(data);
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => changes.get(keyOf(item))?.delivery ?? item),
  }));
  const came = [...changes.values()].map(({ delivery }) => delivery);
  const fresh = takesNew ? came.filter((delivery) => !known.has(keyOf(delivery))) : [];
  const [first, ...others] = pages;
  if (!first || fresh.length === 0) return { ...data, pages };
  fresh.sort((a, b) => b.timestamp.localeCompare(a.timestamp));
  return { ...data, pages: [{ ...first, items: [...fresh, ...first.items] }, ...others] };
}

/** Whether more may have come than the newest page holds: nothing in it was heard of before, and it is not all. */
export function leavesGap(newest: Page, data: Pages, changes: Changes): boolean {
  if (newest.next_cursor === null || newest.items.length === 0) return false;
  const known = knownKeys(data);
  return newest.items.every((item) => !known.has(keyOf(item)) && !changes.has(keyOf(item)));
}

export const firstPage = ({ pages, pageParams }: Pages): Pages => ({
  pages: pages.slice(0, 1),
  pageParams: pageParams.slice(0, 1),
});
