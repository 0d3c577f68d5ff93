"use client";

import { useEffect, useState } from "react";
import { ExportDialog } from "@/app/_components/export/export-dialog";
import { SearchNote } from "@/app/_components/search/search-note";
import { useSession } from "@/app/_components/session/session-provider";
import { Problem } from "@/app/_components/ui/problem";
import { useIsScrolled } from "@/app/_components/ui/use-is-scrolled";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { DeliveryDrawer } from "./delivery-drawer";
import { DeliveryFilterBar } from "./delivery-filter-bar";
import { isFiltered, readFilters, timeRangeOf } from "./delivery-query";
import { DeliveryTable } from "./delivery-table";
import { DeliveryTableSkeleton } from "./delivery-table-skeleton";
import { EndOfList } from "./end-of-list";
import { LiveTail } from "./live-tail";
import { NoDeliveries } from "./no-deliveries";
import { RecoverDialog } from "./recover-dialog";
import { SelectionBar } from "./selection-bar";
import { useDeliveryList } from "./use-delivery-list";
import { useSelection } from "./use-selection";

/** Deliveries of all webhooks, or of one: filters, the list, and the drawer of the one that is open. */
export function DeliveryBrowser({ webhookId }: { webhookId?: string }) {
  const { get } = useUrlState();
  const filters = readFilters(get, webhookId);
  const [isPaused, setIsPaused] = useState(false);
  const [isEngaged, setIsEngaged] = useState(false);
  const [isSelecting, setIsSelecting] = useState(false);
  const { mayChange } = useSession();
  const isScrolled = useIsScrolled();
  const isDrawerOpen = get("delivery") !== "";
  const { list, deliveries, searched, newCount, showNew } = useDeliveryList(
    filters,
    isPaused || isScrolled || isEngaged || isDrawerOpen || isSelecting,
  );
  const selection = useSelection(deliveries, JSON.stringify(filters));
  const hasChosen = selection.chosen.length > 0;
  // What is chosen stays where it is.
  useEffect(() => setIsSelecting(hasChosen), [hasChosen]);
  const isEmpty = deliveries.length === 0;
  const problem = list.isFetchNextPageError ? list.error.message : undefined;
  const searchedBackTo = searched?.searched_back_to ?? null;
  // Filters and values are looked up fast, as far back as it takes; parts of values are looked for in every payload.
  const waitsForPress = searched?.searched_by === "payloads" && searchedBackTo !== null;
  return (
    <>
      <DeliveryFilterBar filters={filters} isForOne={webhookId !== undefined}>
        <LiveTail
          isPaused={isPaused}
          onPause={setIsPaused}
          newCount={newCount}
          onShowNew={() => {
            showNew();
            window.scrollTo({ top: 0 });
          }}
        />
        <ExportDialog webhookId={filters.webhookId || undefined} range={timeRangeOf(filters)} />
        <RecoverDialog filters={filters} />
      </DeliveryFilterBar>
      <SearchNote searched={searched} />
      {list.isLoadingError ? (
        <Problem message={list.error.message} onRetry={() => void list.refetch()} />
      ) : list.isPending || (isEmpty && list.hasNextPage && !waitsForPress && !problem) ? (
        <DeliveryTableSkeleton />
      ) : isEmpty ? (
        <NoDeliveries
          isFiltered={isFiltered(filters)}
          mayBeFurtherBack={list.hasNextPage}
          webhookId={webhookId}
        />
      ) : (
        <DeliveryTable
          deliveries={deliveries}
          showsWebhook={!webhookId}
          selection={mayChange ? selection : null}
          onEngaged={setIsEngaged}
          searched={filters.text}
        />
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
      {hasChosen && mayChange && <SelectionBar selection={selection} />}
      <DeliveryDrawer deliveries={deliveries} />
    </>
  );
}
