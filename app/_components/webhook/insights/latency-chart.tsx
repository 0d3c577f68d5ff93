"use client";

import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatDuration } from "@/app/_components/time/format";
import type { WebhookStats } from "@/app/_components/webhook/page/types";
import { axis } from "./axis";
import { useBucketLabel } from "./bucket-label";
import { ChartLegend } from "./chart-legend";
import { ChartTooltip } from "./chart-tooltip";

const lines = [
  { key: "p50_ms", name: "p50", colour: "var(--ok-bar)" },
  { key: "p95_ms", name: "p95", colour: "var(--accent)" },
  { key: "p99_ms", name: "p99", colour: "var(--warn-bar)" },
];

/** The 50th, 95th and 99th percentile of successful attempts per step of time. */
export default function LatencyChart({ stats }: { stats: WebhookStats }) {
  const label = useBucketLabel(stats.step_ms);
  return (
    <>
      <ChartLegend names={lines.map(({ name, colour }) => ({ name, colour }))} />
      <ResponsiveContainer width="100%" height={208}>
        <LineChart data={stats.buckets} margin={{ left: -12, right: 8, top: 4 }} title="Latency over time">
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="start" tickFormatter={label} minTickGap={56} {...axis} />
          <YAxis width={64} tickFormatter={formatDuration} {...axis} />
          <Tooltip
            cursor={{ stroke: "var(--line-strong)" }}
            isAnimationActive={false}
            content={({ active, payload, label: start }) =>
              active && <ChartTooltip title={label(String(start))} values={toValues(payload)} />
            }
          />
          {lines.map(({ key, name, colour }) => (
            <Line
              key={key}
              dataKey={key}
              name={name}
              stroke={colour}
              strokeWidth={1.5}
              dot={{ r: 2, strokeWidth: 0, fill: colour }}
              isAnimationActive={false}
            />
          ))}
        </LineChart>
      </ResponsiveContainer>
    </>
  );
}

const toValues = (payload: readonly { name?: unknown; value?: unknown; color?: string }[]) =>
  payload.map(({ name, value, color }) => ({
    name: String(name),
    value: formatDuration(Number(value)),
    color,
  }));
