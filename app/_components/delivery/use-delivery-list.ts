"use client";

import type { InfiniteData } from "@tanstack/react-query";
import { useQueryClient } from "@tanstack/react-query";
import { getQueryKey } from "@trpc/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useLiveDeliveries } from "@/app/_components/live/live-provider";
import { type Outputs, trpc } from "@/app/_trpc/client";
import { type DeliveryFilters, fitsFilters, toListInput } from "./delivery-query";
import type { Delivery } from "./types";

type Page = Outputs["deliveries"]["list"];
type Change = { delivery: Delivery; cameAt: number };

/** Changes are shown together, this often at most. */
const flushMs = 250;

/**
 * The deliveries that fit the filters, newest first, kept true by the live stream: known ones change in place,
 * new ones appear on top, or wait to be asked for while `isHeld`.
 */
export function useDeliveryList(filters: DeliveryFilters, isHeld: boolean) {
  const [openedAt] = useState(Date.now);
  const input = toListInput(filters, openedAt);
  const list = trpc.deliveries.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const queryClient = useQueryClient();
  const key = getQueryKey(trpc.deliveries.list, input, "infinite");
  const waitingFor = useWaiting(JSON.stringify(input));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [newCount, setNewCount] = useState(0);

  const merge = (takesNew: boolean) => {
    timer.current = undefined;
    const changes = waitingFor();
    queryClient.setQueryData<InfiniteData<Page>>(
      key,
      (data) => data && mergeChanges(data, changes, takesNew),
    );
    if (takesNew) changes.clear();
    const known = new Set(
      queryClient.getQueryData<InfiniteData<Page>>(key)?.pages.flatMap(({ items }) => items.map(keyOf)),
    );
    for (const id of changes.keys()) if (known.has(id)) changes.delete(id);
    setNewCount(changes.size);
  };
  const flush = useEffectEvent(() => merge(!isHeld));
  useLiveDeliveries((delivery) => {
    if (fitsFilters(delivery, filters) || isKnown(list.data, delivery)) {
      waitingFor().set(keyOf(delivery), { delivery, cameAt: performance.now() });
    }
    timer.current ??= setTimeout(() => flush(), flushMs);
  });
  const forgetOlder = useEffectEvent((than: number) => {
    const changes = waitingFor();
    for (const [id, { cameAt }] of changes) if (cameAt < than) changes.delete(id);
  });
  useEffect(() => {
    if (!list.isFetching) return;
    const askedAt = performance.now();
    // The answer knows all that came before the question, and maybe what no delivery's change tells.
    return () => forgetOlder(askedAt);
  }, [list.isFetching]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!isHeld) flush();
  }, [isHeld]);

  return {
    list,
    deliveries: list.data?.pages.flatMap(({ items }) => items) ?? [],
    searchedBackTo: list.data?.pages.at(-1)?.searched_back_to ?? null,
    newCount,
    showNew: () => merge(true),
  };
}

/** The changes that wait to be shown; what waited for one list does not belong into the next one. */
function useWaiting(question: string): () => Map<string, Change> {
  const waiting = useRef({ question, changes: new Map<string, Change>() });
  return () => {
    if (waiting.current.question !== question) waiting.current = { question, changes: new Map() };
    return waiting.current.changes;
  };
}

const keyOf = (delivery: Delivery) => `${delivery.webhook_id}/${delivery.id}`;

const isKnown = (data: InfiniteData<Page> | undefined, delivery: Delivery) =>
  data?.pages.some(({ items }) => items.some((item) => keyOf(item) === keyOf(delivery))) ?? false;

/** Pages with the changes in place; with `takesNew` those that were not there come on top, newest first. */
function mergeChanges(
  data: InfiniteData<Page>,
  changes: ReadonlyMap<string, Change>,
  takesNew: boolean,
): InfiniteData<Page> {
  const known = new Set<string>();
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((item) => {
      known.add(keyOf(item));
      return changes.get(keyOf(item))?.delivery ?? item;
    }),
  }));
  const came = [...changes.values()].map(({ delivery }) => delivery);
  const fresh = takesNew ? came.filter((delivery) => !known.has(keyOf(delivery))) : [];
  const [first, ...others] = pages;
  if (!first || fresh.length === 0) return { ...data, pages };
  fresh.sort((a, b) => b.timestamp.localeCompare(a.timestamp));
  return { ...data, pages: [{ ...first, items: [...fresh, ...first.items] }, ...others] };
}
