"use client";

import { WaitingForFirstEvent } from "@/app/_components/delivery/no-deliveries";
import { Button } from "@/app/_components/ui/button";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { noFilters } from "./event-query";

/** What an empty list of events says: change the filters, or how the first event comes about. */
export function NoEvents({
  isFiltered,
  mayBeFurtherBack,
}: {
  isFiltered: boolean;
  /** Not everything was looked at. */
  mayBeFurtherBack: boolean;
}) {
  const { get, replace } = useUrlState();
  if (!isFiltered) return <WaitingForFirstEvent />;
  return (
    <EmptyState
      title={mayBeFurtherBack ? "Nothing found so far" : "No event fits these filters"}
      action={<Button onClick={() => replace(noFilters)}>Clear the filters</Button>}
    >
      {get("q") !== "" && (
        <p>
          <span>A search finds an event's id, a whole value of its data, such as</span>{" "}
          <code translate="no">C-42</code>
          <span>, or a value at its place:</span> <code translate="no">data.case_id = C-42</code>
        </p>
      )}
    </EmptyState>
  );
}
