"use client";

import { useState } from "react";
import { DeliveryTableSkeleton } from "@/app/_components/delivery/delivery-table-skeleton";
import { EndOfList } from "@/app/_components/delivery/end-of-list";
import { LiveTail } from "@/app/_components/delivery/live-tail";
import { SearchNote } from "@/app/_components/search/search-note";
import { Problem } from "@/app/_components/ui/problem";
import { useIsScrolled } from "@/app/_components/ui/use-is-scrolled";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { EventFilterBar } from "./event-filter-bar";
import { isFiltered, readFilters } from "./event-query";
import { EventTable } from "./event-table";
import { NoEvents } from "./no-events";
import { useEventList } from "./use-event-list";

/** All events of the customer, delivered or not: filters and the list. */
export function EventBrowser() {
  const { get } = useUrlState();
  const filters = readFilters(get);
  const [isPaused, setIsPaused] = useState(false);
  const [isEngaged, setIsEngaged] = useState(false);
  const isScrolled = useIsScrolled();
  const { list, events, searched, newCount, showNew } = useEventList(
    filters,
    isPaused || isScrolled || isEngaged,
  );
  const isEmpty = events.length === 0;
  const problem = list.isFetchNextPageError ? list.error.message : undefined;
  const searchedBackTo = searched?.searched_back_to ?? null;
  // Values are looked up fast, as far back as it takes; parts of values are looked for in every payload.
  const waitsForPress = searched?.searched_by === "payloads" && searchedBackTo !== null;
  return (
    <>
      <EventFilterBar filters={filters}>
        <LiveTail
          isPaused={isPaused}
          onPause={setIsPaused}
          newCount={newCount}
          onShowNew={() => {
            showNew();
            window.scrollTo({ top: 0 });
          }}
        />
      </EventFilterBar>
      <SearchNote searched={searched} />
      {list.isLoadingError ? (
        <Problem message={list.error.message} onRetry={() => void list.refetch()} />
      ) : list.isPending || (isEmpty && list.hasNextPage && !waitsForPress && !problem) ? (
        <DeliveryTableSkeleton />
      ) : isEmpty ? (
        <NoEvents isFiltered={isFiltered(filters)} mayBeFurtherBack={list.hasNextPage} />
      ) : (
        <EventTable events={events} searched={filters.text} onEngaged={setIsEngaged} />
      )}
      <EndOfList
        pages={list.data?.pages.length ?? 0}
        hasMore={list.hasNextPage}
        isLoading={list.isFetchingNextPage}
        waitsForPress={waitsForPress}
        problem={problem}
        onMore={() => void list.fetchNextPage()}
        searchedBackTo={searchedBackTo}
      />
    </>
  );
}
