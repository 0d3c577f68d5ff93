"use client";

import { useQueryClient } from "@tanstack/react-query";
import { getQueryKey } from "@trpc/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useLiveDeliveries } from "@/app/_components/live/live-provider";
import { trpc } from "@/app/_trpc/client";
import { type DeliveryFilters, fitsFilters, toListInput } from "./delivery-query";
import {
  type Change,
  firstPage,
  keyOf,
  knownKeys,
  leavesGap,
  mergeChanges,
  type Pages,
} from "./list-changes";

/** Changes are shown together, this often at most. */
const flushMs = 250;
/** A list of more pages is not asked for anew as a whole: a rare thing may lie hundreds of empty ones back. */
const refetchedPages = 3;

/**
 * The deliveries that fit the filters, newest first, kept true by the live stream: known ones change in place,
 * new ones appear on top, or wait to be asked for while `isHeld`. Where the stream was away, a list that is short
 * and not held is asked for anew, any other only for its newest page.
 */
export function useDeliveryList(filters: DeliveryFilters, isHeld: boolean) {
  const [openedAt] = useState(Date.now);
  const input = toListInput(filters, openedAt);
  const list = trpc.deliveries.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    meta: { refreshesItself: true },
  });
  const queryClient = useQueryClient();
  const utils = trpc.useUtils();
  const key = getQueryKey(trpc.deliveries.list, input, "infinite");
  const shown = () => queryClient.getQueryData<Pages>(key);
  const waitingFor = useWaiting(JSON.stringify(input));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [newCount, setNewCount] = useState(0);

  const merge = (takesNew: boolean) => {
    timer.current = undefined;
    const waiting = waitingFor();
    const { changes } = waiting;
    const beginsAnew = takesNew && waiting.hasGap;
    queryClient.setQueryData<Pages>(
      key,
      (data) => data && mergeChanges(beginsAnew ? firstPage(data) : data, changes, takesNew),
    );
    if (takesNew) changes.clear();
    for (const id of knownKeys(shown())) changes.delete(id);
    setNewCount(changes.size);
    if (!beginsAnew) return;
    waiting.hasGap = false;
    void list.refetch();
  };
  const flush = useEffectEvent(() => merge(!isHeld));
  const flushSoon = () => {
    timer.current ??= setTimeout(() => flush(), flushMs);
  };
  const lookForNewest = async () => {
    const waiting = waitingFor();
    const askedAt = performance.now();
    // Who cannot be reached is asked again with everything else.
    const newest = await utils.deliveries.list.fetch(input, { staleTime: 0 }).catch(() => null);
    const data = shown();
    if (!newest || !data) return;
    waiting.hasGap ||= leavesGap(newest, data, waiting.changes);
    for (const delivery of newest.items) {
      const heard = waiting.changes.get(keyOf(delivery));
      if (!heard || heard.cameAt < askedAt)
        waiting.changes.set(keyOf(delivery), { delivery, cameAt: askedAt });
    }
    flushSoon();
  };
  useLiveDeliveries(
    (delivery) => {
      if (fitsFilters(delivery, filters) || knownKeys(list.data).has(keyOf(delivery))) {
        waitingFor().changes.set(keyOf(delivery), { delivery, cameAt: performance.now() });
      }
      flushSoon();
    },
    () => {
      const isShort = (list.data?.pages.length ?? 0) <= refetchedPages;
      if (isShort && !isHeld) void list.refetch({ cancelRefetch: false });
      else void lookForNewest();
    },
  );
  const forgetOlder = useEffectEvent((than: number) => {
    const { changes } = waitingFor();
    for (const [id, { cameAt }] of changes) if (cameAt < than) changes.delete(id);
  });
  const isAskedAnew = list.isFetching && !list.isFetchingNextPage;
  useEffect(() => {
    if (!isAskedAnew) return;
    const askedAt = performance.now();
    // The answer knows all that came before the question, and maybe what no delivery's change tells.
    return () => forgetOlder(askedAt);
  }, [isAskedAnew]);
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

type Waiting = {
  question: string;
  changes: Map<string, Change>;
  /** More came than is known here: the list has to begin anew to show all of it. */
  hasGap: boolean;
};

/** What waits to be shown; what waited for one list does not belong into the next one. */
function useWaiting(question: string): () => Waiting {
  const waiting = useRef<Waiting>({ question, changes: new Map(), hasGap: false });
  return () => {
    if (waiting.current.question !== question) {
      waiting.current = { question, changes: new Map(), hasGap: false };
    }
    return waiting.current;
  };
}
