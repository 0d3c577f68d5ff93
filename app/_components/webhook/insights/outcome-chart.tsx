"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { WebhookStats } from "@/app/_components/webhook/page/types";
import { axis } from "./axis";
import { useBucketLabel } from "./bucket-label";
import { ChartLegend } from "./chart-legend";
import { ChartTooltip } from "./chart-tooltip";

const bars = [
  { name: "Delivered", colour: "var(--ok-bar)" },
  { name: "Failed", colour: "var(--bad-bar)" },
];

/** Attempts per step of time, failed ones below, delivered ones on top. Arrow keys move along once focused. */
export default function OutcomeChart({ stats }: { stats: WebhookStats }) {
  const label = useBucketLabel(stats.step_ms);
  return (
    <>
      <ChartLegend names={bars} />
      <ResponsiveContainer width="100%" height={208}>
        <BarChart data={stats.buckets} margin={{ left: -12, right: 8, top: 4 }} title="Attempts over time">
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="start" tickFormatter={label} minTickGap={56} {...axis} />
          <YAxis allowDecimals={false} width={48} {...axis} />
          <Tooltip
            cursor={{ fill: "var(--hover)" }}
            isAnimationActive={false}
            content={({ active, payload, label: start }) =>
              active && <ChartTooltip title={label(String(start))} values={toValues(payload)} />
            }
          />
          <Bar dataKey="failed" name="Failed" stackId="all" fill="var(--bad-bar)" isAnimationActive={false} />
          <Bar
            dataKey="delivered"
            name="Delivered"
            stackId="all"
            fill="var(--ok-bar)"
            isAnimationActive={false}
          />
        </BarChart>
      </ResponsiveContainer>
    </>
  );
}

const toValues = (payload: readonly { name?: unknown; value?: unknown; color?: string }[]) =>
  payload.map(({ name, value, color }) => ({
    name: String(name),
    value: Number(value).toLocaleString("en"),
    color,
  }));
