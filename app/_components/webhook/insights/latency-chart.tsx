"use client";

import { Columns, type Pointed } from "@/app/_components/chart/columns";
import { Legend } from "@/app/_components/chart/legend";
import { Lines } from "@/app/_components/chart/lines";
import { MarkLines } from "@/app/_components/chart/mark-lines";
import type { Marked } from "@/app/_components/chart/marks-by-column";
import { Plot } from "@/app/_components/chart/plot";
import { niceTicks } from "@/app/_components/chart/ticks";
import { behindAttempts } from "@/app/_components/delivery/behind-attempts";
import { formatDuration } from "@/app/_components/time/format";
import type { WebhookStats } from "@/app/_components/webhook/page/types";
import { useSpans } from "./use-spans";

const lines = [
  { key: "p50_ms", name: "p50", ground: "bg-ok-bar", stroke: "stroke-ok-bar" },
  { key: "p95_ms", name: "p95", ground: "bg-accent", stroke: "stroke-accent" },
  { key: "p99_ms", name: "p99", ground: "bg-warn-bar", stroke: "stroke-warn-bar" },
] as const;

/** The 50th, 95th and 99th percentile of successful attempts. A column leads to the deliveries behind it. */
export function LatencyChart({
  stats,
  webhookId,
  pointed,
  marks,
}: {
  stats: WebhookStats;
  webhookId: string;
  pointed: Pointed;
  marks: Marked[];
}) {
  const { spanOf, wholeSpan } = useSpans(stats);
  // Of an axis without a value, the lines are at whole seconds.
  const ticks = niceTicks(Math.max(...stats.buckets.map(({ p99_ms }) => p99_ms ?? 0)) || 1_000);
  const shown = stats.buckets[pointed.at ?? -1];
  return (
    <>
      <Legend
        span={shown ? spanOf(shown) : wholeSpan}
        names={lines.map(({ key, name, ground }) => ({
          name,
          colour: ground,
          value: milliseconds((shown ?? stats)[key]),
        }))}
      />
      <Plot
        label="Latency over time"
        ticks={ticks}
        formatValue={(ms) => (ms === 0 ? "0" : formatDuration(ms))}
        starts={stats.buckets.map(({ start }) => Date.parse(start))}
      >
        <Columns
          label="Latency over time: the arrow keys go along"
          pointed={pointed}
          columns={stats.buckets.map((bucket) => {
            if (bucket.p50_ms === null) return [];
            const { start, end } = bucket;
            const percentiles = lines.map(({ key, name }) => `${name} ${milliseconds(bucket[key])}`);
            return [
              {
                href: behindAttempts({ webhookId, from: start, to: end, outcome: "delivered" }),
                words: `${spanOf(bucket)}: ${percentiles.join(", ")}`,
              },
            ];
          })}
        />
        <div className="pointer-events-none absolute inset-0">
          <Lines
            top={ticks.at(-1) ?? 1}
            lines={lines.map(({ key, name, stroke }) => ({
              name,
              colour: stroke,
              values: stats.buckets.map((bucket) => bucket[key]),
            }))}
          />
        </div>
        <MarkLines marks={marks} columns={stats.buckets} />
      </Plot>
    </>
  );
}

const milliseconds = (ms: number | null) => (ms === null ? "–" : formatDuration(ms));
