"use client";

import { useState } from "react";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Input } from "@/app/_components/ui/input";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Problem } from "@/app/_components/ui/problem";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { FindResult } from "./find-result";

/** Looks for an id in all that there is, whosever it is. */
export function Find() {
  const { get, push } = useUrlState();
  const id = get("id").trim();
  const [typed, setTyped] = useState(id);
  const { data, error, refetch } = trpc.platform.find.useQuery({ id }, { enabled: id !== "" });
  return (
    <div className="max-w-4xl">
      <PageHeader title="Find" beside="by the id of an event, a delivery, a webhook or a customer" />
      <search>
        <form
          className="mb-5 flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            push({ id: typed.trim() });
          }}
        >
          <Input
            mono
            type="search"
            aria-label="Id"
            placeholder="X-Event-Id, X-Webhook-Id, a customer's id or external id"
            maxLength={255}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <Button type="submit" look="primary">
            Find
          </Button>
        </form>
      </search>
      {error && <Problem message={error.message} onRetry={() => void refetch()} />}
      {id !== "" && !data && !error && <Skeleton className="h-28 w-full rounded-[10px]" />}
      {data?.length === 0 && (
        <EmptyState title="Nothing has this id">
          <p>
            Ids are looked for as a whole. An event is found for as long as it is kept; a deleted customer or
            webhook is not.
          </p>
        </EmptyState>
      )}
      <div className="grid gap-4">
        {data?.map((find) => (
          <FindResult key={`${find.kind} ${find.customer.id}`} find={find} />
        ))}
      </div>
    </div>
  );
}
