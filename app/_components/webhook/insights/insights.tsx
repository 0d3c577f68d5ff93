"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { useNow } from "@/app/_components/time/now";
import { Card } from "@/app/_components/ui/card";
import { Problem } from "@/app/_components/ui/problem";
import { Segmented } from "@/app/_components/ui/segmented";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { orReload } from "@/app/_components/upgrade/or-reload";
import { useUrlState } from "@/app/_components/url/use-url-state";
import type { Webhook } from "@/app/_components/webhook/types";
import { trpc } from "@/app/_trpc/client";
import { shownError } from "@/app/_trpc/shown-error";
import { BucketTable } from "./bucket-table";
import { CodeBars } from "./code-bars";
import { StatTiles } from "./stat-tiles";
import { TypeBars } from "./type-bars";

const chartPlace = () => <Skeleton className="h-52 w-full rounded-md" />;
const OutcomeChart = dynamic(() => orReload(import("./outcome-chart")), { ssr: false, loading: chartPlace });
const LatencyChart = dynamic(() => orReload(import("./latency-chart")), { ssr: false, loading: chartPlace });

const ranges = ["1h", "24h", "7d", "30d"] as const;
const choices = [
  { value: "1h", label: "1 h" },
  { value: "24h", label: "24 h" },
  { value: "7d", label: "7 d" },
  { value: "30d", label: "30 d" },
];

const youngMs = 2 * 60 * 60 * 1000;

/** A day, unless the webhook is so young that a day would be one bar. */
const usualRange = ({ created_at }: Webhook, now: number) =>
  now - Date.parse(created_at) < youngMs ? "1h" : "24h";

/** How a webhook fared over a time: how much arrived, how fast, what of, and what the answers were. */
export function Insights({ webhook }: { webhook: Webhook }) {
  const { get, replace } = useUrlState();
  const [openedAt] = useState(useNow());
  const [isTable, setIsTable] = useState(false);
  const range = ranges.find((each) => each === get("range")) ?? usualRange(webhook, openedAt);
  const {
    data: stats,
    error: failure,
    refetch,
  } = trpc.stats.webhook.useQuery({ webhook_id: webhook.id, range }, { placeholderData: (before) => before });
  const error = shownError(failure, stats);
  if (error) return <Problem message={error.message} onRetry={() => void refetch()} />;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Segmented
          label="Range"
          value={range}
          onChange={(value) => replace({ range: value })}
          choices={choices}
        />
        <span className="text-sm text-faint">Attempts, tests left out.</span>
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
                <OutcomeChart stats={stats} />
              </Card>
              <Card title="Latency of successful attempts">
                <LatencyChart stats={stats} />
              </Card>
            </>
          )}
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <TypeBars stats={stats} />
            <CodeBars stats={stats} />
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
