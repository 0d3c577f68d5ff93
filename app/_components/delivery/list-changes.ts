import type { InfiniteData } from "@tanstack/react-query";
import type { Outputs } from "@/app/_trpc/client";
import type { Delivery } from "./types";

export type Page = Outputs["deliveries"]["list"];
export type Pages = InfiniteData<Page>;
export type Change = { delivery: Delivery; cameAt: number };
/** Deliveries that changed, by `keyOf`. */
export type Changes = ReadonlyMap<string, Change>;
/** What was heard since the list was asked for. Of what waits, only what is known already is shown. */
export type Heard = { shown: Changes; waiting: Changes };

export const keyOf = (delivery: Delivery) => `${delivery.webhook_id}/${delivery.id}`;

export const knownKeys = (data: Pages | undefined): Set<string> =>
  new Set(data?.pages.flatMap(({ items }) => items.map(keyOf)));

/** The list with the changes in place; those that were not there come on top, newest first, or are counted as new. */
export function withChanges(
  data: Pages | undefined,
  { shown, waiting }: Heard,
): { deliveries: Delivery[]; newCount: number } {
  const listed = (data?.pages ?? []).flatMap(({ items }) => items);
  if (shown.size + waiting.size === 0) return { deliveries: listed, newCount: 0 };
  const known = knownKeys(data);
  const isFresh = ([key]: [string, Change]) => !known.has(key);
  const changed = listed.map((item) => {
    const change = shown.get(keyOf(item)) ?? waiting.get(keyOf(item));
    // Where it holds what was looked for is known to the search alone.
    return change ? { ...change.delivery, hit: item.hit } : item;
  });
  const fresh = data ? [...shown].filter(isFresh).map(([, { delivery }]) => delivery) : [];
  fresh.sort((a, b) => b.timestamp.localeCompare(a.timestamp));
  return { deliveries: [...fresh, ...changed], newCount: [...waiting].filter(isFresh).length };
}

/** Whether more may have come than the newest page holds: nothing in it was heard of before, and it is not all. */
export function leavesGap(newest: Page, isKnown: (key: string) => boolean): boolean {
  if (newest.next_cursor === null || newest.items.length === 0) return false;
  return newest.items.every((item) => !isKnown(keyOf(item)));
}

export const firstPage = ({ pages, pageParams }: Pages): Pages => ({
  pages: pages.slice(0, 1),
  pageParams: pageParams.slice(0, 1),
});
