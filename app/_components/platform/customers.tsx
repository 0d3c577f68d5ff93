"use client";

import { useRef } from "react";
import { useShortcut } from "@/app/_components/keyboard/use-shortcut";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Problem } from "@/app/_components/ui/problem";
import { SearchInput } from "@/app/_components/ui/search-input";
import { Segmented } from "@/app/_components/ui/segmented";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { HeadCell, Table } from "@/app/_components/ui/table";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { CustomerRow } from "./customer-row";
import { customersInput } from "./customers-input";

const askEveryMs = 15_000;

/** Every customer with how delivery to it goes. */
export function Customers() {
  const { get, replace } = useUrlState();
  const searchRef = useRef<HTMLInputElement>(null);
  useShortcut({ key: "/", run: () => searchRef.current?.focus() });
  const input = customersInput(get);
  const list = trpc.platform.customers.useInfiniteQuery(input, {
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    refetchInterval: askEveryMs,
    placeholderData: (before) => before,
  });
  const customers = list.data?.pages.flatMap(({ items }) => items);
  return (
    <>
      <PageHeader title="Customers">
        <Segmented
          label="Which customers"
          value={get("show") || "all"}
          onChange={(show) => replace({ show: show === "all" ? null : show })}
          choices={[
            { value: "all", label: "All" },
            { value: "troubled", label: "With trouble" },
          ]}
        />
        <SearchInput
          ref={searchRef}
          label="Search customers"
          placeholder="Name or id"
          value={get("q")}
          onChange={(q) => replace({ q })}
        />
      </PageHeader>
      {list.error && <Problem message={list.error.message} onRetry={() => void list.refetch()} />}
      {!customers && !list.error && <Skeleton className="h-64 w-full rounded-[10px]" />}
      {customers?.length === 0 && <NoCustomers isNarrowed={Boolean(input.search) || input.troubled} />}
      {customers && customers.length > 0 && (
        <Table label="Customers">
          <thead>
            <tr>
              <HeadCell>Customer</HeadCell>
              <HeadCell className="hidden lg:table-cell">Webhooks</HeadCell>
              <HeadCell className="text-right">Failed, 24 h</HeadCell>
              <HeadCell className="text-right">Waiting</HeadCell>
              <HeadCell className="hidden sm:table-cell">Last event</HeadCell>
              <HeadCell className="hidden lg:table-cell">
                <span className="sr-only">Actions</span>
              </HeadCell>
            </tr>
          </thead>
          <tbody>
            {customers.map((customer) => (
              <CustomerRow key={customer.id} customer={customer} />
            ))}
          </tbody>
        </Table>
      )}
      {list.hasNextPage && (
        <div className="mt-3">
          <Button
            disabled={list.isFetchingNextPage}
            aria-busy={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function NoCustomers({ isNarrowed }: { isNarrowed: boolean }) {
  if (isNarrowed) {
    return (
      <EmptyState title="No customer is like that">
        <p>Search looks at names and external ids, in part, and at ids as a whole.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="There is no customer yet">
      <p>
        <span>Your platform makes one with </span>
        <code translate="no">POST /customers</code>
        <span>, and people do by signing up.</span>
      </p>
    </EmptyState>
  );
}
