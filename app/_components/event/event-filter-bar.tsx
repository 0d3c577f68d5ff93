"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { rangeChoices } from "@/app/_components/delivery/delivery-query";
import { TextSearch } from "@/app/_components/search/text-search";
import { Button } from "@/app/_components/ui/button";
import { Segmented } from "@/app/_components/ui/segmented";
import { Select } from "@/app/_components/ui/select";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { type EventFilters, isFiltered } from "./event-query";

const outcomeChoices = [
  { value: "all", label: "All" },
  { value: "some", label: "Matched" },
  { value: "none", label: "No webhook" },
];

/** The filters above the list of events; all of them live in the URL. `children` stand at the far side. */
export function EventFilterBar({ filters, children }: { filters: EventFilters; children: ReactNode }) {
  const { replace } = useUrlState();
  const { data: types = [] } = trpc.eventTypes.list.useQuery();
  const typeChoices = types.map(({ type }) => ({ value: type, label: <Untranslated>{type}</Untranslated> }));
  return (
    <search aria-label="Filter events" className="mb-3 flex flex-wrap items-center gap-2">
      <Segmented
        label="Outcome"
        value={filters.outcome || "all"}
        onChange={(outcome) => replace({ outcome: outcome === "all" ? null : outcome })}
        choices={outcomeChoices}
      />
      <Select
        label="Event type"
        value={filters.type}
        isSet={filters.type !== ""}
        onChange={(type) => replace({ type })}
        choices={[{ value: "", label: "Any type" }, ...typeChoices]}
      />
      <Select
        label="Time"
        value={filters.range}
        isSet={filters.range !== ""}
        onChange={(range) => replace({ range })}
        choices={rangeChoices}
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

export const noFilters = { outcome: null, type: null, range: null, q: null, look: null };
