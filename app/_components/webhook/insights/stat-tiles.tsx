import type { ReactNode } from "react";
import { formatDuration } from "@/app/_components/time/format";
import type { WebhookStats } from "@/app/_components/webhook/page/types";
import { formatRate } from "@/app/_components/webhook/success-figures";

/** The sums of a range at a glance. */
export function StatTiles({ stats }: { stats: WebhookStats }) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-[10px] border border-line bg-line sm:grid-cols-3 lg:grid-cols-6">
      <Tile name="Delivered">{stats.delivered.toLocaleString("en")}</Tile>
      <Tile name="Failed">{stats.failed.toLocaleString("en")}</Tile>
      <Tile name="Success rate">
        {stats.delivered_rate === null ? "–" : formatRate(stats.delivered_rate)}
      </Tile>
      <Tile name="p50">{milliseconds(stats.p50_ms)}</Tile>
      <Tile name="p95">{milliseconds(stats.p95_ms)}</Tile>
      <Tile name="p99">{milliseconds(stats.p99_ms)}</Tile>
    </dl>
  );
}

function Tile({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="bg-panel px-4 py-3">
      <dt className="text-xs text-faint">{name}</dt>
      <dd className="text-lg font-semibold tracking-tight">{children}</dd>
    </div>
  );
}

const milliseconds = (ms: number | null) => (ms === null ? "–" : formatDuration(ms));
