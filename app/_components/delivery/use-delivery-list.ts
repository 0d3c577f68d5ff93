"use client";

import { useQueryClient } from "@tanstack/react-query";
import { getQueryKey } from "@trpc/react-query";
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from "react";
import { useLiveDeliveries } from "@/app/_components/live/live-provider";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { trpc } from "@/app/_trpc/client";
import { type DeliveryFilters, fitsFilters, toListInput } from "./delivery-query";
import { createHeardChanges, type HeardChanges } from "./heard-changes";
import { firstPage, keyOf, knownKeys, leavesGap, type Pages, withChanges } from "./list-changes";

/** A list of more pages is not asked for anew as a whole: a rare thing may lie hundreds of empty ones back. */
const refetchedPages = 3;

/**
 * The deliveries that fit the filters, newest first: what the server answered, with what the live stream told since.
 * Known ones change in place, new ones appear on top, or wait to be asked for while `isHeld`. Where the stream was
 * away, a list that is short and not held is asked for anew, any other only for its newest page.
 */
export function useDeliveryList(filters: DeliveryFilters, isHeld: boolean) {
  const [openedAt] = useState(Date.now);
  const input = toListInput(filters, openedAt, useTimeZone());
  const list = trpc.deliveries.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    // Each page would else be compared with itself, value by value, whenever one more comes.
    structuralSharing: false,
    meta: { refreshesItself: true },
  });
  const queryClient = useQueryClient();
  const utils = trpc.useUtils();
  const key = getQueryKey(trpc.deliveries.list, input, "infinite");
  const heard = useHeardChanges(JSON.stringify(input));
  const changes = useSyncExternalStore(heard.subscribe, heard.read, heard.read);
  const { deliveries, newCount } = useMemo(() => withChanges(list.data, changes), [list.data, changes]);

  const isKnown = (data: Pages | undefined) => {
    const known = knownKeys(data);
    return (key: string) => known.has(key) || heard.knows(key);
  };
  const letIn = () => {
    if (!heard.letIn()) return;
    // The list has to begin anew to show all that came.
    queryClient.setQueryData<Pages>(key, (data) => data && firstPage(data));
    void list.refetch();
  };
  const lookForNewest = async () => {
    const askedAt = performance.now();
    // Who cannot be reached is asked again with everything else.
    const newest = await utils.deliveries.list.fetch(input, { staleTime: 0 }).catch(() => null);
    const data = queryClient.getQueryData<Pages>(key);
    if (!newest || !data) return;
    if (leavesGap(newest, isKnown(data))) heard.noteGap();
    for (const delivery of newest.items) heard.hear(delivery, askedAt);
    if (!heard.isHeld()) letIn();
  };
  const lookAgain = () => {
    const isShort = (list.data?.pages.length ?? 0) <= refetchedPages;
    if (isShort && !isHeld) void list.refetch({ cancelRefetch: false });
    else void lookForNewest();
  };
  useLiveDeliveries((delivery) => {
    if (!fitsFilters(delivery, filters, input) && !isKnown(list.data)(keyOf(delivery))) return;
    heard.hear(delivery, performance.now());
  }, lookAgain);
  // Nothing was heard for these filters while others were on, and their list may be here from before.
  const begin = useEffectEvent(lookAgain);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new question has heard nothing yet.
  useEffect(() => begin(), [heard]);
  const hold = useEffectEvent(() => {
    heard.hold(isHeld);
    if (!isHeld) letIn();
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: both are what `hold` is about.
  useEffect(() => hold(), [heard, isHeld]);
  const isAskedAnew = list.isFetching && !list.isFetchingNextPage;
  const forget = useEffectEvent((before: number) => {
    if (list.isSuccess) heard.forget(before);
  });
  useEffect(() => {
    if (!isAskedAnew) return;
    const askedAt = performance.now();
    // The answer knows all that came before the question, and maybe what no delivery's change tells.
    return () => forget(askedAt);
  }, [isAskedAnew]);

  return {
    list,
    deliveries,
    searched: list.data?.pages.at(-1),
    newCount,
    showNew: letIn,
  };
}

/** What was heard of one list does not belong into the next one. */
function useHeardChanges(question: string): HeardChanges {
  const [own, setOwn] = useState(() => ({ question, heard: createHeardChanges() }));
  if (own.question === question) return own.heard;
  const next = { question, heard: createHeardChanges() };
  setOwn(next);
  return next.heard;
}
