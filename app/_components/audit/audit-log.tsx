"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Problem } from "@/app/_components/ui/problem";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { HeadCell, Table } from "@/app/_components/ui/table";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { AuditFilterBar } from "./audit-filter-bar";
import { readAuditFilters, toAuditInput } from "./audit-query";
import { AuditRow } from "./audit-row";
import { ExportMenu } from "./export-menu";

/** Who changed what, when and from where: of the customer, or of one webhook. */
export function AuditLog({ webhookId }: { webhookId?: string }) {
  const { get } = useUrlState();
  const [openedAt] = useState(Date.now);
  const filters = readAuditFilters(get, webhookId);
  const input = toAuditInput(filters, openedAt);
  const list = trpc.audit.list.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const entries = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const isForOne = webhookId !== undefined;
  const { data: webhooks } = trpc.webhooks.list.useQuery(undefined, { enabled: !isForOne });
  const live = new Set(webhooks?.map(({ id }) => id));
  return (
    <>
      <AuditFilterBar filters={filters} entries={entries} isForOne={isForOne}>
        <ExportMenu input={input} />
      </AuditFilterBar>
      {list.error && entries.length === 0 ? (
        <Problem message={list.error.message} onRetry={() => void list.refetch()} />
      ) : !list.data ? (
        <Skeleton className="h-96 w-full rounded-[10px]" />
      ) : entries.length === 0 ? (
        <EmptyState title="No change fits">
          <p>Every change of webhooks, keys and people is kept here for 400 days.</p>
        </EmptyState>
      ) : (
        <Table label="Audit log">
          <thead>
            <tr>
              <HeadCell>When</HeadCell>
              <HeadCell className="w-full">What</HeadCell>
              <HeadCell className="hidden md:table-cell">From where</HeadCell>
            </tr>
          </thead>
          <tbody>
            {entries.map((entry) => (
              <AuditRow
                key={entry.id}
                entry={entry}
                subject={isForOne ? "untold" : live.has(entry.subject.id) ? "linked" : "named"}
              />
            ))}
          </tbody>
        </Table>
      )}
      {list.hasNextPage && (
        <div className="mt-3 flex items-center gap-3">
          <Button aria-busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Load more
          </Button>
          {list.error && <span className="text-sm text-bad">{list.error.message}</span>}
        </div>
      )}
    </>
  );
}
