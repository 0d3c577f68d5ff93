"use client";

import { EndOfList } from "@/app/_components/delivery/end-of-list";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Problem } from "@/app/_components/ui/problem";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { AgentDeliveryRow } from "./agent-delivery-row";

const refreshMs = 4_000;
const pageSize = 20;

/** What one agent was sent, newest first. One that is open keeps its place: the list then waits. */
export function AgentDeliveries({ agentId }: { agentId: string }) {
  const { get } = useUrlState();
  const openId = get("delivery");
  const list = trpc.agents.deliveries.useInfiniteQuery(
    { agent_id: agentId, details: true, page_size: pageSize },
    {
      getNextPageParam: (page) => page.next_cursor ?? undefined,
      refetchInterval: openId === "" && refreshMs,
    },
  );
  const error = shownError(list.error, list.data);
  const deliveries = list.data?.pages.flatMap(({ items }) => items);
  return (
    <section>
      <h3 className="mb-1.5">Deliveries</h3>
      {error ? (
        <Problem message={error.message} onRetry={() => void list.refetch()} />
      ) : !deliveries ? (
        <Skeleton className="h-28 w-full rounded-[10px]" />
      ) : deliveries.length === 0 ? (
        <EmptyState title="Nothing was sent yet">
          <p>The next event that it asks for appears here, with every attempt.</p>
        </EmptyState>
      ) : (
        <ul aria-label="Deliveries" className="overflow-hidden rounded-[10px] border border-line">
          {deliveries.map((delivery, index) => (
            <AgentDeliveryRow
              // By place: a new delivery on top then moves words, not elements, and nothing jumps.
              key={String(index)}
              agentId={agentId}
              delivery={delivery}
              isOpen={delivery.id === openId}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <EndOfList
          pages={list.data?.pages.length ?? 0}
          hasMore
          isLoading={list.isFetchingNextPage}
          waitsForPress
          problem={undefined}
          onMore={() => void list.fetchNextPage()}
          searchedBackTo={null}
        />
      )}
    </section>
  );
}
