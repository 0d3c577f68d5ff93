"use client";

import { useQueryClient } from "@tanstack/react-query";
import { getQueryKey } from "@trpc/react-query";
import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useLiveDeliveries } from "@/app/_components/live/live-provider";
import { usePageVisible } from "@/app/_components/live/use-page-visible";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { type Outputs, trpc } from "@/app/_trpc/client";
import { type EventFilters, toListInput } from "./event-query";

type Pages = { pages: Outputs["events"]["list"][]; pageParams: unknown[] };

/** Deliveries tell at once that something came; an event that no webhook matched has none, and is looked for. */
const lookEveryMs = 5_000;
const toldPauseMs = 1_500;

/**
 * The events that fit the filters, newest first. While nothing holds the list, what is new appears by itself; else it is
 * counted, and waits to be asked for. A search is asked once.
 */
export function useEventList(filters: EventFilters, isHeld: boolean) {
  const [openedAt] = useState(Date.now);
  const input = toListInput(filters, openedAt, useTimeZone());
  const list = trpc.events.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchOnWindowFocus: false,
    // Each page would else be compared with itself, value by value, whenever one more comes.
    structuralSharing: false,
    meta: { refreshesItself: true },
  });
  const queryClient = useQueryClient();
  const utils = trpc.useUtils();
  const key = getQueryKey(trpc.events.list, input, "infinite");
  const events = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const [newCount, setNewCount] = useState(0);

  const showNew = () => {
    setNewCount(0);
    queryClient.setQueryData<Pages>(
      key,
      (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
    );
    void list.refetch();
  };
  const look = useEffectEvent(async () => {
    if (filters.text !== "" || list.isFetching) return;
    if (!isHeld) return showNew();
    // Who cannot be reached is asked again soon.
    const newest = await utils.events.list.fetch(input, { staleTime: 0 }).catch(() => null);
    const known = new Set(events.map(({ id }) => id));
    if (newest) setNewCount(newest.items.filter(({ id }) => !known.has(id)).length);
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useLiveDeliveries(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void look();
    }, toldPauseMs);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const isVisible = usePageVisible();
  useEffect(() => {
    if (!isVisible) return;
    const looking = setInterval(() => void look(), lookEveryMs);
    return () => clearInterval(looking);
  }, [isVisible]);
  // What waited is shown once nothing holds the list.
  useEffect(() => {
    if (!isHeld) void look();
  }, [isHeld]);

  return { list, events, searched: list.data?.pages.at(-1), newCount, showNew };
}
