"use client";

import { useState } from "react";
import { useNow } from "@/app/_components/time/now";
import { RangePicker } from "@/app/_components/time/range-picker";
import { readTimeRange, spanOf, type TimeRange, writeTimeRange } from "@/app/_components/time/time-range";
import { useTimeZone } from "@/app/_components/time/time-zone";
import { Card } from "@/app/_components/ui/card";
import { Problem } from "@/app/_components/ui/problem";
import { Segmented } from "@/app/_components/ui/segmented";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { useUrlState } from "@/app/_components/url/use-url-state";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { BucketTable } from "./bucket-table";
import { Changes } from "./changes";
import { CodeBars } from "./code-bars";
import { LatencyChart } from "./latency-chart";
import { OutcomeChart } from "./outcome-chart";
import { StatTiles } from "./stat-tiles";
import { TypeBars } from "./type-bars";

const youngMs = 2 * 60 * 60 * 1000;

/** A day, unless the webhook is so young that a day would be one bar. */
const usualRange = ({ created_at }: Webhook, now: number): TimeRange => ({
  preset: now - Date.parse(created_at) < youngMs ? "1h" : "24h",
});

/** How a webhook fared over a time: how much arrived, how fast, what of, and what the answers were. */
export function Insights({ webhook }: { webhook: Webhook }) {
  const { get, replace } = useUrlState();
  const [openedAt] = useState(useNow());
  const zone = useTimeZone();
  const [isTable, setIsTable] = useState(false);
  const [at, point] = useState<number | null>(null);
  const range = readTimeRange(get) ?? usualRange(webhook, openedAt);
  const {
    data: stats,
    error: failure,
    refetch,
  } = trpc.stats.webhook.useQuery(
    { webhook_id: webhook.id, ...toSpanInput(range, openedAt, zone), time_zone: zone },
    { placeholderData: (before) => before },
  );
  const { data: marks = [] } = trpc.marks.list.useQuery(
    { webhook_id: webhook.id, since: stats?.from, until: stats?.to },
    { enabled: stats !== undefined, placeholderData: (before) => before },
  );
  const error = shownError(failure, stats);
  if (error) return <Problem message={error.message} onRetry={() => void refetch()} />;
  const chart = { webhookId: webhook.id, pointed: { at, point }, marks };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <RangePicker
          label="Time"
          value={range}
          onChange={(chosen) => {
            point(null);
            replace(writeTimeRange(chosen));
          }}
        />
        <span className="text-sm text-faint">Attempts, by when they began. Tests are left out.</span>
        <div className="grow" />
        <Segmented
          label="Look"
          value={isTable ? "table" : "charts"}
          onChange={(value) => setIsTable(value === "table")}
          choices={[
            { value: "charts", label: "Charts" },
            { value: "table", label: "Table" },
          ]}
        />
      </div>
      {stats ? (
        <>
          <StatTiles stats={stats} />
          {isTable ? (
            <BucketTable stats={stats} />
          ) : (
            <>
              <Card title="Attempts over time">
                <OutcomeChart stats={stats} {...chart} />
              </Card>
              <Card title="Latency of successful attempts">
                <LatencyChart stats={stats} {...chart} />
              </Card>
            </>
          )}
          <Changes marks={marks} webhookId={webhook.id} />
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <TypeBars stats={stats} webhookId={webhook.id} />
            <CodeBars stats={stats} webhookId={webhook.id} />
          </div>
        </>
      ) : (
        <>
          <Skeleton className="h-[4.125rem] w-full rounded-[10px]" />
          <Skeleton className="h-[18.5rem] w-full rounded-[10px]" />
          <Skeleton className="h-[18.5rem] w-full rounded-[10px]" />
        </>
      )}
    </div>
  );
}

/** The latest hours are the server's to tell, as its clock shows them. */
function toSpanInput(range: TimeRange, now: number, zone: string) {
  if ("preset" in range && range.preset !== "today" && range.preset !== "yesterday") {
    return { range: range.preset };
  }
  const { since, until } = spanOf(range, now, zone);
  return {
    from: new Date(since).toISOString(),
    to: until === null ? undefined : new Date(until).toISOString(),
  };
}
