"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { EventTypeFilter } from "@/app/_components/search/event-type-filter";
import { TextSearch } from "@/app/_components/search/text-search";
import { RangePicker } from "@/app/_components/time/range-picker";
import { writeTimeRange } from "@/app/_components/time/time-range";
import { Button } from "@/app/_components/ui/button";
import { Segmented } from "@/app/_components/ui/segmented";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { type EventFilters, isFiltered, noFilters } from "./event-query";

const outcomeChoices = [
  { value: "all", label: "All" },
  { value: "some", label: "Matched" },
  { value: "none", label: "No webhook" },
];

/** The filters above the list of events; all of them live in the URL. `children` stand at the far side. */
export function EventFilterBar({ filters, children }: { filters: EventFilters; children: ReactNode }) {
  const { replace } = useUrlState();
  return (
    <search aria-label="Filter events" className="mb-3 flex flex-wrap items-center gap-2">
      <Segmented
        label="Outcome"
        value={filters.outcome || "all"}
        onChange={(outcome) => replace({ outcome: outcome === "all" ? null : outcome })}
        choices={outcomeChoices}
      />
      <EventTypeFilter value={filters.type} />
      <RangePicker
        label="Time"
        value={filters.time}
        anyTime
        onChange={(range) => replace(writeTimeRange(range))}
      />
      <TextSearch text={filters.text} />
      {isFiltered(filters) && (
        <Button look="quiet" onClick={() => replace(noFilters)}>
          <X aria-hidden className="size-3.5" />
          <span>Clear</span>
        </Button>
      )}
      <div className="ml-auto flex items-center gap-2">{children}</div>
    </search>
  );
}
