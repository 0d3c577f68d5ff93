"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { outcomeWords } from "@/app/_components/recovery/recovery-words";
import type { Outcome } from "@/app/_components/recovery/types";
import { EventTypeFilter } from "@/app/_components/search/event-type-filter";
import { TextSearch } from "@/app/_components/search/text-search";
import { RangePicker } from "@/app/_components/time/range-picker";
import { writeTimeRange } from "@/app/_components/time/time-range";
import { Button } from "@/app/_components/ui/button";
import { Chip } from "@/app/_components/ui/chip";
import { Segmented } from "@/app/_components/ui/segmented";
import { Select } from "@/app/_components/ui/select";
import { Untranslated } from "@/app/_components/ui/untranslated";
import { useUrlState } from "@/app/_components/url/use-url-state";
import { trpc } from "@/app/_trpc/client";
import { AttemptNote } from "./attempt-note";
import {
  anyAttempt,
  type DeliveryFilters,
  isFiltered,
  noFilters,
  statusCodeOf,
  timeRangeOf,
} from "./delivery-query";

const statusChoices = [
  { value: "all", label: "All" },
  { value: "delivered", label: "Delivered" },
  { value: "pending", label: "Pending" },
  { value: "failed", label: "Failed" },
];

const codeChoices = [
  { value: "", label: "Any code" },
  { value: "2", label: "2xx" },
  { value: "3", label: "3xx" },
  { value: "4", label: "4xx" },
  { value: "5", label: "5xx" },
  { value: "0", label: "No answer" },
];

/** With the code itself, where a link asks for one. */
function codeChoicesOf(filters: DeliveryFilters) {
  const code = statusCodeOf(filters);
  return code ? [...codeChoices, { value: String(code), label: String(code) }] : codeChoices;
}

/** The filters above a list of deliveries; all of them live in the URL. `children` stand at the far side. */
export function DeliveryFilterBar({
  filters,
  isForOne,
  children,
}: {
  filters: DeliveryFilters;
  isForOne: boolean;
  children: ReactNode;
}) {
  const { replace } = useUrlState();
  return (
    <search
      id="deliveries"
      aria-label="Filter deliveries"
      className="mb-3 scroll-mt-16 flex flex-wrap items-center gap-2"
    >
      <Segmented
        label="Status"
        value={filters.status || "all"}
        onChange={(status) => replace({ status: status === "all" ? null : status })}
        choices={statusChoices}
      />
      <EventTypeFilter value={filters.type} />
      <Select
        label="Answer"
        value={filters.code}
        isSet={filters.code !== ""}
        onChange={(code) => replace({ code })}
        choices={codeChoicesOf(filters)}
      />
      <RangePicker
        label="Time"
        value={timeRangeOf(filters)}
        anyTime
        onChange={(range) => replace({ ...writeTimeRange(range), ...anyAttempt })}
      />
      {filters.recoveryId && (
        <Chip>
          {`sent again${filters.became in outcomeWords ? `: ${outcomeWords[filters.became as Outcome]}` : ""}`}
        </Chip>
      )}
      {!isForOne && <WebhookFilter value={filters.webhookId} />}
      <TextSearch text={filters.text} />
      {isFiltered(filters) && (
        <Button look="quiet" onClick={() => replace(noFilters)}>
          <X aria-hidden className="size-3.5" />
          <span>Clear</span>
        </Button>
      )}
      <div className="ml-auto flex flex-wrap items-center justify-end gap-2">{children}</div>
      {filters.by === "attempt" && <AttemptNote filters={filters} />}
    </search>
  );
}

function WebhookFilter({ value }: { value: string }) {
  const { replace } = useUrlState();
  const { data: webhooks = [] } = trpc.webhooks.list.useQuery();
  const choices = webhooks.map(({ id, webhook_url, description }) => ({
    value: id,
    label: <Untranslated>{webhook_url.replace("https://", "")}</Untranslated>,
    hint: description,
  }));
  return (
    <div className="flex max-w-72 min-w-0">
      <Select
        label="Webhook"
        value={value}
        isSet={value !== ""}
        onChange={(webhook) => replace({ webhook })}
        choices={[{ value: "", label: "Any webhook" }, ...choices]}
      />
    </div>
  );
}
